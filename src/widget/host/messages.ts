/** What the page tells the frame. */
export type ToFrame =
  | { baton: 1; type: "show"; full: boolean; dir: string; page: string }
  | { baton: 1; type: "hide" }
  | { baton: 1; type: "shutdown" };

/** What the frame tells the page. */
export type ToPage =
  | { baton: 1; type: "ready"; color: string; name: string }
  | { baton: 1; type: "unread"; count: number }
  | { baton: 1; type: "close" };

/** Parses what a window claims to be a word of the page to the frame. */
export function parseToFrame(data: unknown): ToFrame | undefined {
  if (!isOurs(data)) return undefined;
  if (data.type === "hide" || data.type === "shutdown") return { baton: 1, type: data.type };
  const { full, dir, page } = data;
  if (data.type !== "show" || typeof full !== "boolean") return undefined;
  if (typeof dir !== "string" || typeof page !== "string") return undefined;
  return { baton: 1, type: "show", full, dir: dir === "rtl" ? "rtl" : "ltr", page: page.slice(0, 2_000) };
}

/** Parses what a window claims to be a word of the frame to the page. */
export function parseToPage(data: unknown): ToPage | undefined {
  if (!isOurs(data)) return undefined;
  const { type, color, name, count } = data;
  if (type === "close") return { baton: 1, type };
  if (type === "unread" && typeof count === "number" && Number.isInteger(count) && count >= 0) {
    return { baton: 1, type, count };
  }
  if (type === "ready" && typeof color === "string" && typeof name === "string") {
    return { baton: 1, type, color, name };
  }
  return undefined;
}

function isOurs(data: unknown): data is Record<string, unknown> {
  return typeof data === "object" && data !== null && "baton" in data && data.baton === 1;
}
