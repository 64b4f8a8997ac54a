import { createParser, type EventSourceMessage } from "eventsource-parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventNames } from "#contracts/events";
import { encodeFrame, type Frame, isFrameId, jitteredRetry } from "#lib/sse";

describe("frames of an event stream", () => {
  it("carry what was put in", () => {
    expect(read([{ id: "7", event: "message", data: { text: "hello" } }])).toEqual({
      events: [{ id: "7", event: "message", data: { text: "hello" } }],
      retries: [],
      comments: [],
    });
  });

  it("keep every text whole, whatever line ends, colons, spaces or NULs it holds", () => {
    const texts = [
      "a\nb",
      "a\rb",
      "a\r\n\r\nb",
      "\n\nevent: x",
      ": no comment",
      " leading",
      "\ufeffmark",
      "a\0b",
      "\u2028\u2029",
      "",
      "👋🏽",
    ];
    const { events } = read(texts.map((text) => ({ event: "message", data: text })));
    expect(events.map(({ data }) => data)).toEqual(texts);
  });

  it("survive any JSON value, cut anywhere on its way", () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        (values, size) => {
          const { events } = read(
            values.map((data) => ({ event: "data", data })),
            size,
          );
          expect(events.map(({ data }) => data)).toEqual(
            values.map((value) => JSON.parse(JSON.stringify(value))),
          );
        },
      ),
    );
  });

  it("prime the cursor without an event", () => {
    expect(encodeFrame({ id: "42" }).toString()).toBe("id: 42\n\n");
    expect(read([{ id: "42" }]).events).toEqual([]);
  });

  it("end with one empty line and use no other line end than LF", () => {
    const text = encodeFrame({
      id: "1",
      event: "state",
      data: { a: "\r\n" },
      retry: 5,
      comment: "x\r\ny",
    }).toString();
    expect(text).toBe(': x y\nretry: 5\nid: 1\nevent: state\ndata: {"a":"\\r\\n"}\n\n');
  });

  it("carry a wait in whole milliseconds only", () => {
    expect(read([{ retry: 1500 }]).retries).toEqual([1500]);
    for (const retry of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => encodeFrame({ retry })).toThrow(RangeError);
  });

  it("cannot be broken out of through a comment", () => {
    const { events, comments } = read([{ comment: "a\n\nevent: message\ndata: 1\n\r\r\nb" }]);
    expect(events).toEqual([]);
    expect(comments).toEqual(["a event: message data: 1 b"]);
  });

  it("refuse ids that would break a frame or cost a preflight", () => {
    for (const id of [
      "",
      "a\nb",
      "a\rb",
      "a\0b",
      "a b",
      "a:b",
      "{1}",
      '"1"',
      "a(b",
      "<1>",
      "ü",
      "1".repeat(129),
    ]) {
      expect(isFrameId(id)).toBe(false);
      expect(() => encodeFrame({ id })).toThrow(RangeError);
    }
    for (const id of ["0", "12-34", "a.b_c~d", "1".repeat(128)])
      expect(encodeFrame({ id }).toString()).toBe(`id: ${id}\n\n`);
  });

  it("name only events of the closed list", () => {
    for (const event of eventNames) expect(read([{ event, data: 1 }]).events[0]?.event).toBe(event);
    for (const event of ["made_up", "message\ndata: 1", ""]) {
      expect(() => encodeFrame({ event: event as "message" })).toThrow(RangeError);
    }
  });

  it("spread the wait of returning readers over one to three seconds", () => {
    expect([0, 0.5, 0.999].map(jitteredRetry)).toEqual([1000, 2000, 2998]);
  });
});

// The cases of the web platform tests' EventSource format folder: what we rely on our readers to do with foreign bytes.
describe("a reader of event streams", () => {
  const cases: [what: string, bytes: string, events: string[]][] = [
    ["skips a byte order mark, once", "\ufeffdata:1\n\n\ufeffdata:2\n\ndata:3\n\n", ["1", "3"]],
    [
      "ignores comments",
      "data:1\r:\0\n:\r\ndata:2\n:longer\rdata:3\n:data:fail\r:more\ndata:4\n\n",
      ["1\n2\n3\n4"],
    ],
    ["drops an event that is not ended", "data:1\n\ndata:2", ["1"]],
    ["takes a field without colon as empty", "data\n\ndata\ndata\n\n", ["", "\n"]],
    ["does not trim before the field", " data:1\ndata:2\n\n", ["2"]],
    ["takes away one leading space only", "data:\ttest\rdata: \ndata:test\n\n", ["\ttest\n\ntest"]],
    ["knows its field names by case", "DATA:1\ndata:2\n\n", ["2"]],
    ["joins lines of data", "data:msg\ndata: msg\n\n", ["msg\nmsg"]],
    ["understands all three line ends", "data:1\r\n\r\ndata:2\r\rdata:3\n\n", ["1", "2", "3"]],
    ["keeps NUL in data", "data:\0\n\n", ["\0"]],
    [
      "ignores fields it does not know",
      "data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\n\n",
      ["test\n"],
    ],
  ];

  it.each(cases)("%s", (_, bytes, expected) => {
    expect(parse(new TextEncoder().encode(bytes), 1_000).map(({ data }) => data)).toEqual(expected);
  });
});

function read(frames: Frame[], size = 1_000) {
  const retries: number[] = [];
  const comments: string[] = [];
  const bytes = Buffer.concat(frames.map(encodeFrame));
  const events = parse(bytes, size, retries, comments).map(({ id, event, data }) => ({
    id,
    event,
    data: JSON.parse(data),
  }));
  return { events, retries, comments };
}

function parse(bytes: Uint8Array, size: number, retries: number[] = [], comments: string[] = []) {
  const events: EventSourceMessage[] = [];
  const parser = createParser({
    onEvent: (event) => events.push(event),
    onRetry: (retry) => retries.push(retry),
    onComment: (comment) => comments.push(comment),
  });
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; at += size) {
    parser.feed(decoder.decode(bytes.subarray(at, at + size), { stream: true }));
  }
  return events;
}
