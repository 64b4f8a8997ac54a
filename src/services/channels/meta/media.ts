import type { Outside } from "#channels/channel";
import { fetchFile, foreignHost } from "#channels/media";

/** Fetches a file from one of the hosts that are Meta's, and from no other. Throws `DeliveryFailure`. */
export async function fetchMedia(
  asked: {
    url: string;
    /** A host, or with a dot in front all hosts below it. */
    hosts: readonly string[];
    token?: string;
    label: string;
  },
  outside: Outside,
): Promise<{ bytes: Buffer; mediaType: string | undefined }> {
  const { url, hosts, token, label } = asked;
  if (!isAllowed(url, hosts, outside.bases.metaGraph)) throw foreignHost(label);
  const headers = {
    // Meta's file server answers nothing to who does not say what it is.
    "user-agent": "Baton",
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const answer = await fetchFile({ url, headers, label }, outside);
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
