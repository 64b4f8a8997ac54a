const mark = "baton:";

/** Marks a message as ours: Messenger shows every message of the Page back, with the `metadata` it was sent with. */
export function ourMark(key: string): string {
  return `${mark}${key}`;
}

/** The key of a message of ours that came back; undefined where another app or a person sent it. */
export function keyOfMark(metadata: string | undefined): string | undefined {
  return metadata?.startsWith(mark) === true ? metadata.slice(mark.length) : undefined;
}
