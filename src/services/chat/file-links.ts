import { createHmac } from "node:crypto";
import { sameText } from "#lib/crypto";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { openAttachmentById } from "./attachments.ts";

const life = 24 * 60 * 60_000;

/** An address under which a platform may fetch one file of ours, for a day. */
export function fileLink(companyId: string, attachmentId: string, now = Date.now()): string {
  // Whole hours, so that the same message makes the same address at each try.
  const until = Math.ceil((now + life) / 3_600_000) * 3_600_000;
  const signature = sign(companyId, attachmentId, until);
  return `${env.PUBLIC_BASE_URL}/api/files/${companyId}/${attachmentId}?until=${until}&signature=${signature}`;
}

/** Opens the file of such an address. Throws `not_found` for any other. */
export async function openLinkedFile(
  companyId: string,
  attachmentId: string,
  { until, signature }: { until: number; signature: string },
): Promise<Response> {
  const good = sameText(signature, sign(companyId, attachmentId, until)) && until > Date.now();
  if (!good) throw new AppError("not_found", "This file does not exist, or its address has ended.");
  return openAttachmentById(companyId, attachmentId);
}

function sign(companyId: string, attachmentId: string, until: number): string {
  const secret = env.BATON_SECRET;
  if (secret === undefined)
    throw new AppError("unavailable", "BATON_SECRET is missing: no file can be linked to.");
  return createHmac("sha256", secret)
    .update(`file ${companyId} ${attachmentId} ${until}`)
    .digest("base64url");
}
