import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MessageView } from "#contracts/conversation";
import { widgetSource } from "#support/widget-source";

type Rgb = readonly [number, number, number];
type Item = { kind: string; label?: string; bubbles?: { message: MessageView; entry?: unknown }[] };

const { contrast, inkOn, legible, parseColor } = await widgetSource<{
  contrast: (a: Rgb, b: Rgb) => number;
  inkOn: (color: Rgb) => Rgb;
  legible: (color: Rgb, background: Rgb) => Rgb;
  parseColor: (text: string) => Rgb | undefined;
}>("text/contrast.ts");
const { timeline } = await widgetSource<{
  timeline: (messages: MessageView[], outbox: unknown[], now: number) => Item[];
}>("text/timeline.ts");
const words = await widgetSource<{
  placeInLine: (position?: number) => string | undefined;
  initials: (name: string) => string;
  spoken: (markdown: string) => string;
}>("text/words.ts");
const { parseToFrame, parseToPage } = await widgetSource<{
  parseToFrame: (data: unknown) => unknown;
  parseToPage: (data: unknown) => unknown;
}>("host/messages.ts");

const color = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255));

describe("the company's colour", () => {
  it("is read from hex and from nothing else", () => {
    expect(parseColor("#1f6f5c")).toEqual([31, 111, 92]);
    expect(parseColor("#fff")).toEqual([255, 255, 255]);
    for (const other of ["red", "#12", "url(x)", "#1234567", ""]) expect(parseColor(other)).toBeUndefined();
  });

  it("always carries readable words", () => {
    fc.assert(fc.property(color, (one) => contrast(inkOn(one), one) > 4.49));
  });

  it("always has a shade that reads on light and on dark", () => {
    const surfaces: Rgb[] = [
      [255, 255, 255],
      [23, 25, 30],
    ];
    fc.assert(
      fc.property(color, fc.constantFrom(...surfaces), (one, surface) => {
        return contrast(legible(one, surface), surface) >= 4.5;
      }),
    );
  });
});

function message(seq: number, minute: number, more: Partial<MessageView> = {}): MessageView {
  return {
    id: `m${seq}`,
    conversationId: "c",
    seq,
    author: { kind: "agent" },
    text: "text",
    audience: "all",
    createdAt: new Date(2026, 4, 4, 12, minute).toISOString(),
    ...more,
  };
}

const noon = new Date(2026, 4, 4, 13).getTime();
const kinds = (items: Item[]) =>
  items.map(({ kind, bubbles }) => (bubbles ? `${kind}:${bubbles.length}` : kind));

describe("the timeline", () => {
  it("groups one voice within five minutes and breaks at voices, pauses and system lines", () => {
    const items = timeline(
      [
        message(1, 0),
        message(2, 1),
        message(3, 2, { author: { kind: "customer" } }),
        message(4, 3),
        message(5, 20),
        message(6, 21, { author: { kind: "system" } }),
        message(7, 22),
      ],
      [],
      noon,
    );
    expect(kinds(items)).toEqual(["day", "group:2", "group:1", "group:1", "group:1", "notice", "group:1"]);
  });

  it("shows what is on its way once, at the end, and not again when the log has it", () => {
    const entry = {
      clientId: "a",
      text: "hi",
      createdAt: message(1, 5).createdAt,
      state: "sending",
      attempts: 1,
    };
    expect(kinds(timeline([message(1, 0)], [entry], noon))).toEqual(["day", "group:1", "group:1"]);
    const stored = message(2, 5, { author: { kind: "customer" }, clientId: "a" });
    expect(kinds(timeline([message(1, 0), stored], [entry], noon))).toEqual(["day", "group:1", "group:1"]);
  });
});

describe("the words of the window", () => {
  it("says the place in line as people do", () => {
    expect([1, 2, 3, 4, 11, 21, 22].map(words.placeInLine)).toEqual([
      "You are next in line",
      "You are 2nd in line",
      "You are 3rd in line",
      "You are 4th in line",
      "You are 11th in line",
      "You are 21st in line",
      "You are 22nd in line",
    ]);
    expect(words.placeInLine(undefined)).toBeUndefined();
  });

  it("finds initials for any name", () => {
    expect(["Mara Lindqvist", "Nora", "李 小龙", " ", "👩‍🚒 Fire"].map(words.initials)[0]).toBe("ML");
    expect(words.initials("")).toBe("?");
  });

  it("reads Markdown aloud without its signs", () => {
    expect(words.spoken("You have **30 days** [1].\n\n1. Open [orders](https://x.example)")).toBe(
      "You have 30 days . 1. Open orders",
    );
  });
});

describe("words between page and frame", () => {
  it("are taken only in their own shape", () => {
    const show = { baton: 1, type: "show", full: true, dir: "rtl", page: "https://shop.example/" };
    expect(parseToFrame(show)).toEqual(show);
    expect(parseToFrame({ ...show, full: "yes" })).toBeUndefined();
    expect(parseToFrame({ ...show, dir: "<script>" })).toMatchObject({ dir: "ltr" });
    expect(parseToPage({ baton: 1, type: "unread", count: 2, more: "x" })).toEqual({
      baton: 1,
      type: "unread",
      count: 2,
    });
    for (const other of [null, "unread", 7, {}, { type: "close" }, { baton: 1, type: "unread", count: -1 }])
      expect(parseToPage(other)).toBeUndefined();
  });
});
