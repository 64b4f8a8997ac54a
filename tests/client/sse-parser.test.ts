import { createParser } from "eventsource-parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSseParser, type SseBlock } from "#client/sse-parser";

function read(pieces: string[]): SseBlock[] {
  const blocks: SseBlock[] = [];
  const parser = createSseParser((block) => blocks.push(block));
  for (const piece of pieces) parser.feed(piece);
  return blocks;
}

function readByReference(pieces: string[]) {
  const events: { id?: string; event?: string; data: string }[] = [];
  const parser = createParser({ onEvent: ({ id, event, data }) => events.push({ id, event, data }) });
  for (const piece of pieces) parser.feed(piece);
  return events;
}

const line = fc.oneof(
  fc.constantFrom("", "data", "data:", "data: x", "data:  two", ": comment", "id: 7", "id", "event: message"),
  fc.constantFrom(
    "event:delta",
    "retry: 100",
    "retry: x",
    "unknown: y",
    "data:ä€😀",
    "id:a\u0000b",
    "data: a: b",
  ),
);
const ending = fc.constantFrom("\n", "\r", "\r\n");

describe("the event stream parser", () => {
  it("moves the cursor for an id without data", () => {
    expect(read(["id: 42\n\n"])).toEqual([{ id: "42" }]);
  });

  it("joins data lines and keeps one leading space only as the separator", () => {
    expect(read(["event: a\ndata: x\ndata:  y\n\n"])).toEqual([{ event: "a", data: "x\n y" }]);
  });

  it("takes a CRLF that is cut in two as one line end", () => {
    expect(read(["data: x\r", "\n\r", "\ndata: y\n\n"])).toEqual([{ data: "x" }, { data: "y" }]);
  });

  it("drops an unfinished block", () => {
    expect(read(["data: x\n"])).toEqual([]);
  });

  it("reads every stream as eventsource-parser does, wherever it is cut", () => {
    const stream = fc.array(fc.tuple(line, ending), { maxLength: 30 });
    fc.assert(
      fc.property(stream, fc.array(fc.nat(200), { maxLength: 8 }), (lines, cuts) => {
        const text = lines.map(([words, end]) => words + end).join("");
        const at = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
        const ours = read(pieces).filter(({ data }) => data !== undefined);
        // The reference parses the stream uncut: where a CR ends a piece it waits for more.
        const theirs = readByReference([text.replace(/\r\n|\r/g, "\n")]);
        expect(ours.map(({ id, event, data }) => ({ id, event: event || undefined, data }))).toEqual(
          theirs.map(({ id, event, data }) => ({ id, event: event || undefined, data })),
        );
      }),
      { numRuns: 500 },
    );
  });
});
