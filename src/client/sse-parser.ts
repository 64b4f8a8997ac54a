/** One block of an event stream. An id without data still moves the cursor. */
export type SseBlock = { id?: string; event?: string; data?: string; retry?: number };

/** Reads an event stream piece by piece, as the WHATWG standard describes it; pieces may end anywhere. */
export function createSseParser(onBlock: (block: SseBlock) => void) {
  let rest = "";
  let first = true;
  let afterReturn = false;
  let block: SseBlock = {};

  function line(text: string) {
    if (text === "") {
      const done = block;
      block = {};
      if (done.id !== undefined || done.data !== undefined || done.retry !== undefined) onBlock(done);
      return;
    }
    if (text.startsWith(":")) return;
    const colon = text.indexOf(":");
    const field = colon === -1 ? text : text.slice(0, colon);
    const raw = colon === -1 ? "" : text.slice(colon + 1);
    put(block, field, raw.startsWith(" ") ? raw.slice(1) : raw);
  }

  return {
    feed(piece: string) {
      let text = piece;
      if (text === "") return;
      if (first) {
        first = false;
        if (text.startsWith("\uFEFF")) text = text.slice(1);
      }
      // A CRLF may be cut in two: the line feed that opens the next piece belongs to the last one.
      if (afterReturn && text.startsWith("\n")) text = text.slice(1);
      afterReturn = text.endsWith("\r");
      const lines = (rest + text).split(/\r\n|\n|\r/);
      rest = lines.pop() ?? "";
      for (const one of lines) line(one);
    },
  };
}

function put(block: SseBlock, field: string, value: string) {
  if (field === "data") block.data = block.data === undefined ? value : `${block.data}\n${value}`;
  else if (field === "event") block.event = value;
  else if (field === "id" && !value.includes("\u0000")) block.id = value;
  else if (field === "retry" && /^\d+$/.test(value)) block.retry = Number(value);
}
