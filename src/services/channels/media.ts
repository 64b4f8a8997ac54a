import type { RemoteFile } from "#contracts/channel";
import { type OutboundAnswer, OutboundError, outbound } from "#lib/outbound-http";
import type { Outside } from "./channel.ts";
import { DeliveryFailure, repeatable } from "./failure.ts";
import { retryAfter } from "./retry-after.ts";

/** As platforms count it. */
export const megabyte = 1024 * 1024;

/** The most bytes that are fetched of one file: of no larger one anything is kept. */
export const mostFileBytes = 10 * megabyte;

/** A file that is asked for, at a host that its adapter has looked at before. */
export type FileRequest = {
  url: string | URL;
  label: string;
  headers?: Record<string, string>;
  /** Without it none is followed: a redirect could lead out of the hosts that were looked at. */
  redirects?: number;
};

/** Asks for a file, whatever the answer is. Throws `DeliveryFailure` where none came. */
export async function askForFile(
  { label, ...request }: FileRequest,
  { privateHosts }: Outside,
): Promise<OutboundAnswer> {
  try {
    return await outbound({ ...request, maxBytes: mostFileBytes, timeoutMs: 60_000, privateHosts });
  } catch (error) {
    if (error instanceof OutboundError && error.code === "too_large") throw tooLarge(error);
    throw repeatable(error, label);
  }
}

/** Asks for a file and gives its bytes. Throws `DeliveryFailure`. */
export async function fetchFile(asked: FileRequest, outside: Outside): Promise<OutboundAnswer> {
  const answer = await askForFile(asked, outside);
  if (answer.status !== 200) throw notGiven(answer, asked.label, outside);
  return answer;
}

/** The failure of a file that was answered with anything but the file. */
export function notGiven(
  { status, headers }: OutboundAnswer,
  label: string,
  { now }: Outside,
): DeliveryFailure {
  const code = `http_${status}`;
  if (status !== 429 && status < 500) {
    return new DeliveryFailure("permanent", code, `${label} no longer gives the file.`);
  }
  const wait = retryAfter(headers, now());
  return new DeliveryFailure("passing", code, `${label} does not give the file right now.`, {
    retryAfter: wait,
  });
}

/** The failure of a file that is larger than we fetch. */
export function tooLarge(cause?: unknown): DeliveryFailure {
  const words = `The file is larger than ${mostFileBytes / megabyte} MB.`;
  return new DeliveryFailure("permanent", "too_large", words, { cause });
}

/** The failure of a file that lies on a host which is none of the platform's: our token must not go there. */
export function foreignHost(label: string): DeliveryFailure {
  const words = `The file does not lie with ${label}, so it was not fetched.`;
  return new DeliveryFailure("permanent", "foreign_host", words);
}

/** What a file is to its reader. */
export function fileKind(mediaType: string | null | undefined): RemoteFile["type"] {
  const [family] = (mediaType ?? "").split("/");
  return family === "image" || family === "audio" || family === "video" ? family : "document";
}
