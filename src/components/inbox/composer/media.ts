import type { ChannelSituation } from "#contracts/operator";

type Media = ChannelSituation["media"];

/** Says whether a platform that takes these kinds of files takes one of this type; as a document it takes any. */
export function fits(mediaType: string, media: Media): boolean {
  return media.some((kind) => kind === "document" || mediaType.startsWith(`${kind}/`));
}

/** What the choice of files offers: `nothing`, some types, or, undefined, all of them. */
export function pickable(media: Media | undefined): string | undefined {
  if (media === undefined || media.includes("document")) return undefined;
  return media.length === 0 ? "nothing" : media.map((kind) => `${kind}/*`).join(",");
}
