const mark = "baton:";

/** Marks a message as ours: Messenger shows every message of the Page back, with the `metadata` it was sent with. */
export function ourMark(key: string): string {
  return `${mark}${key}`;
}

/** Says whether a message that came back is one of ours. */
export function isOurMark(metadata: string | undefined): boolean {
  return metadata?.startsWith(mark) === true;
}
