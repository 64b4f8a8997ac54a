import { createTransport, type Transporter } from "nodemailer";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { forget, once } from "#lib/registry";

export type Letter = {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Whose name stands before our address, such as the company's. */
  fromName?: string;
  /** The same at every try, so that mail servers know a letter that was sent twice. */
  id: string;
  headers?: Record<string, string>;
};

/** Says whether letters can be sent at all. */
export function mailIsOn(): boolean {
  return env.SMTP_URL !== undefined;
}

/** Hands a letter to the mail server. Throws `unavailable` where it does not take it, and `invalid` where it never will. */
export async function sendMail({ to, fromName, id, ...letter }: Letter): Promise<void> {
  const from = sender();
  try {
    await transport().sendMail({
      ...letter,
      to: { name: "", address: to },
      from: { name: fromName ?? from.name, address: from.address },
      messageId: `<${id}@${from.address.split("@")[1] ?? "localhost"}>`,
      headers: { "Auto-Submitted": "auto-generated", ...letter.headers },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  } catch (cause) {
    if (isRefused(cause)) throw new AppError("invalid", "The mail server refuses this letter.", { cause });
    throw new AppError("unavailable", "The mail server cannot be reached, or takes no letters now.", {
      cause,
    });
  }
}

/** Signs in at the mail server without sending anything. Throws where that does not work. */
export async function checkMail(url: string): Promise<void> {
  const checked = createTransport({ ...options(url), pool: false });
  try {
    await checked.verify();
  } finally {
    checked.close();
  }
}

/** Ends the connections to the mail server. */
export function closeMail(): void {
  if (!mailIsOn()) return;
  transport().close();
  forget("mail");
}

/** The sender of all letters: of MAIL_FROM, or an address at the host that people know Baton by. */
export function sender(): { name: string; address: string } {
  const [, name = "", address = ""] =
    env.MAIL_FROM?.match(/^\s*"?([^"<]*?)"?\s*<?([^\s<>]+@[^\s<>]+)>?\s*$/) ?? [];
  if (address !== "") return { name, address };
  return { name: "", address: `no-reply@${new URL(env.PUBLIC_BASE_URL).hostname}` };
}

function transport(): Transporter {
  const { SMTP_URL } = env;
  if (SMTP_URL === undefined)
    throw new AppError("unavailable", "No mail server is set up here: SMTP_URL is empty.");
  return once("mail", () => createTransport(options(SMTP_URL)));
}

function options(url: string) {
  return {
    url,
    pool: true as const,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  };
}

/** A 5xx answer is for good (RFC 5321, 4.2.1); signing in failed may be mended by whoever runs the server. */
function isRefused(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "responseCode" in error ? Number(error.responseCode) : 0;
  const reason = "code" in error ? error.code : undefined;
  return code >= 500 && reason !== "EAUTH" && reason !== "ECONNECTION";
}
