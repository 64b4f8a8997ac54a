import { once } from "#lib/registry";

/** Finds out whether one part of Baton works; throws where it does not. Returns facts to show, or {}. */
export type HealthCheck = () => Promise<Record<string, unknown>>;

/** How one part is doing. */
export type PartHealth = { ok: boolean; ms: number; problem?: string } & Record<string, unknown>;

/** How all parts are doing. */
export type Health = { ok: boolean; parts: Record<string, PartHealth> };

const patience = 2_000;
const checks = () => once("http.health", () => new Map<string, HealthCheck>());

/** Adds a part to what readiness asks about; the same name again replaces the check. */
export function watchHealth(part: string, check: HealthCheck): void {
  checks().set(part, check);
}

/** Asks every part how it is, each for at most two seconds; who asks while others wait shares their answer. */
export async function health(): Promise<Health> {
  underWay ??= askAll().finally(() => {
    underWay = undefined;
  });
  return underWay;
}

// The page is public: however many ask at once, the parts are asked once.
let underWay: Promise<Health> | undefined;

async function askAll(): Promise<Health> {
  const asked = [...checks()].map(async ([part, check]) => [part, await ask(check)] as const);
  const parts = Object.fromEntries(await Promise.all(asked));
  return { ok: Object.values(parts).every((part) => part.ok), parts };
}

async function ask(check: HealthCheck): Promise<PartHealth> {
  const started = performance.now();
  const took = () => Math.round((performance.now() - started) * 10) / 10;
  let bell: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    bell = setTimeout(() => reject(new Error("no answer within two seconds")), patience);
  });
  try {
    const facts = await Promise.race([check(), late]);
    return { ...facts, ok: true, ms: took() };
  } catch {
    // The reason may name hosts and accounts, and this page is public: it is for the log and the doctor.
    return { ok: false, ms: took(), problem: "does not answer as it should" };
  } finally {
    clearTimeout(bell);
  }
}
