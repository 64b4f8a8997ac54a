import { env } from "#lib/env";

export type Rule = { points: number; seconds: number; by: "address" | "id"; message: string };

const soon = "Too many requests. Please try again in a moment.";

/** How often each thing may happen, and for whom it is counted. */
export function rateRules() {
  const perAddress = env.RATE_IP_PER_MINUTE;
  return {
    company: { points: env.RATE_COMPANY_PER_MINUTE, seconds: 60, by: "id", message: soon },
    session: { points: env.RATE_SESSION_PER_MINUTE, seconds: 60, by: "id", message: soon },
    webhook: { points: env.RATE_WEBHOOK_PER_MINUTE, seconds: 60, by: "id", message: soon },
    ip: { points: perAddress, seconds: 60, by: "address", message: soon },
    // Dearer or more tempting than a message; they grow with what one address may do at all.
    openSession: { points: part(perAddress, 5), seconds: 60, by: "address", message: soon },
    upload: { points: part(env.RATE_SESSION_PER_MINUTE, 2), seconds: 60, by: "id", message: soon },
    // Typing and read marks: cheap, never stored as messages, and many.
    signal: { points: env.RATE_SESSION_PER_MINUTE * 4, seconds: 60, by: "id", message: soon },
    // Each may cost a model's time; counted for the operator.
    copilot: { points: env.RATE_SESSION_PER_MINUTE, seconds: 60, by: "id", message: soon },
    // So that no single address, with many sessions, uses up what a company's customers share.
    signalIp: { points: perAddress * 4, seconds: 60, by: "address", message: soon },
    uploadIp: { points: part(perAddress, 5), seconds: 60, by: "address", message: soon },
    signIn: {
      points: part(perAddress, 10),
      seconds: 60,
      by: "address",
      message: "Too many tries to sign in. Please wait a moment.",
    },
    signInEmail: {
      points: 10,
      seconds: 900,
      by: "id",
      message: "Too many tries to sign in. Please wait some minutes.",
    },
  } as const satisfies Record<string, Rule>;
}

/** What is counted. */
export type RateName = keyof ReturnType<typeof rateRules>;

function part(of: number, share: number): number {
  return Math.max(1, Math.ceil(of / share));
}
