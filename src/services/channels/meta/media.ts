import type { Outside } from "#channels/channel";
import { DeliveryFailure, networkFailure } from "#channels/failure";
import { type OutboundAnswer, OutboundError, outbound } from "#lib/outbound-http";
import { repeatable } from "./graph.ts";

/** The most bytes that are fetched of one file. */
export const mostMediaBytes = 25 * 1024 * 1024;

/** Fetches a file from one of the hosts that are Meta's, and from no other. Throws `DeliveryFailure`. */
export async function fetchMedia(asked: {
  url: string;
  /** A host, or with a dot in front all hosts below it. */
  hosts: readonly string[];
  token?: string;
  label: string;
  outside: Outside;
}): Promise<{ bytes: Buffer; mediaType: string | undefined }> {
  const { url, hosts, token, label, outside } = asked;
  if (!isAllowed(url, hosts, outside.bases.metaGraph)) {
    const words = `The file lies on a host that is not ${label}'s, so it was not fetched.`;
    throw new DeliveryFailure("permanent", "foreign_host", words);
  }
  const answer = await fetched(url, label, outside.privateHosts, {
    // Meta's file server answers nothing to who does not say what it is.
    "user-agent": "Baton",
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  });
  if (answer.status !== 200) throw refused(answer.status, label);
  return { bytes: answer.body, mediaType: answer.headers.get("content-type") ?? undefined };
}

function isAllowed(given: string, hosts: readonly string[], base: string): boolean {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || url.username !== "") return false;
  if (url.origin === new URL(base).origin) return true;
  const known = hosts.some((host) =>
    host.startsWith(".") ? url.hostname.endsWith(host) : url.hostname === host,
  );
  return known && url.protocol === "https:" && url.port === "";
}

async function fetched(
  url: string,
  label: string,
  privateHosts: readonly string[],
  headers: Record<string, string>,
): Promise<OutboundAnswer> {
  try {
    // No redirect is followed: it could lead out of the hosts that were checked.
    return await outbound({ url, headers, maxBytes: mostMediaBytes, timeoutMs: 60_000, privateHosts });
  } catch (error) {
    if (error instanceof OutboundError && error.code === "too_large") throw tooLarge(error);
    throw repeatable(networkFailure(error, label), label);
  }
}

/** The failure of a file that is larger than we fetch. */
export function tooLarge(cause?: unknown): DeliveryFailure {
  return new DeliveryFailure("permanent", "too_large", "The file is larger than 25 MB.", { cause });
}

function refused(status: number, label: string): DeliveryFailure {
  if (status === 429 || status >= 500) {
    return new DeliveryFailure("passing", `http_${status}`, `${label} does not give the file right now.`);
  }
  return new DeliveryFailure("permanent", `http_${status}`, `${label} no longer gives the file.`);
}
