import { describe, expect, it } from "vitest";
import { createOutbox, type Keep, type OutboxEntry } from "#client/outbox";
import { WireError } from "#client/wire-error";
import type { SentMessage } from "#contracts/chat";
import { handTimers, settle } from "#support/hand-timers";

type Answer = "ok" | Error;

function memory(): Keep & { texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, value) => void texts.set(key, value),
    removeItem: (key) => void texts.delete(key),
  };
}

function harness(answers: Answer[] = [], keep = memory()) {
  const clock = handTimers();
  const tried: string[] = [];
  const sent: string[] = [];
  let ids = 0;
  const send = async ({ clientId, text }: OutboxEntry): Promise<SentMessage> => {
    tried.push(`${clientId}:${text}`);
    const answer = answers.shift() ?? "ok";
    if (answer !== "ok") throw answer;
    const createdAt = "2026-01-01T00:00:00.000Z";
    return {
      messageId: `m-${clientId}`,
      conversationId: "c",
      seq: tried.length,
      createdAt,
      duplicate: false,
    };
  };
  const outbox = createOutbox({
    key: "outbox",
    keep,
    send,
    onSent: ({ text }) => sent.push(text),
    newId: () => `id${++ids}-${keep.texts.size}`,
    timers: clock.timers,
    random: () => 1,
  });
  return { outbox, clock, tried, sent, keep, states: () => outbox.entries().map(({ state }) => state) };
}

it("leaves what another window keeps where it is", async () => {
  const keep = memory();
  const here = harness([away(), away()], keep);
  const there = harness([away(), away()], keep);
  here.outbox.add({ text: "from here" }, "here");
  there.outbox.add({ text: "from there" }, "there");
  await settle();

  const after = harness([], keep);
  expect(
    after.outbox
      .entries()
      .map(({ text }) => text)
      .sort(),
  ).toEqual(["from here", "from there"]);
});

const away = () => new WireError("unreachable", "The server cannot be reached.");

describe("the outbox", () => {
  it("sends in order, one at a time, and empties itself", async () => {
    const { outbox, sent, keep } = harness();
    outbox.add({ text: "one" });
    outbox.add({ text: "two" });
    expect(outbox.entries().map(({ text }) => text)).toEqual(["one", "two"]);
    await settle();
    expect(sent).toEqual(["one", "two"]);
    expect(outbox.entries()).toEqual([]);
    expect(keep.texts.size).toBe(0);
  });

  it("keeps the text, and tries again by itself with the same id, while the way is cut", async () => {
    const { outbox, clock, tried, states, sent } = harness([away(), away()]);
    outbox.add({ text: "one" });
    outbox.add({ text: "two" });
    await settle();
    expect(states()).toEqual(["waiting", "sending"]);
    await clock.pass(1_000);
    expect(sent).toEqual([]);
    await clock.pass(2_000);
    expect(sent).toEqual(["one", "two"]);
    expect(new Set(tried.slice(0, 3)).size).toBe(1);
  });

  it("goes at once when the connection is back", async () => {
    const { outbox, sent } = harness([away()]);
    outbox.add({ text: "one" });
    await settle();
    await outbox.flush();
    expect(sent).toEqual(["one"]);
  });

  it("marks a refused message as failed, lets the next one go, and sends it again on request", async () => {
    const refusal = new WireError("invalid", "Too long.", { status: 400 });
    const { outbox, states, sent } = harness([refusal]);
    const { clientId } = outbox.add({ text: "one" });
    outbox.add({ text: "two" });
    await settle();
    expect(states()).toEqual(["failed"]);
    expect(outbox.entries()[0]?.error).toBe("Too long.");
    expect(sent).toEqual(["two"]);
    await outbox.retry(clientId);
    expect(sent).toEqual(["two", "one"]);
  });

  it("survives a reload", async () => {
    const first = harness([away()]);
    first.outbox.add({ text: "one" });
    await settle();
    first.outbox.close();
    const second = harness([], first.keep);
    expect(second.outbox.entries().map(({ text }) => text)).toEqual(["one"]);
    await second.outbox.flush();
    expect(second.tried[0]).toBe(first.tried[0]);
  });

  it("waits as long as a busy server asks", async () => {
    const busy = new WireError("rate_limited", "Slower.", { status: 429, retryAfter: 20_000 });
    const { outbox, clock, sent } = harness([busy]);
    outbox.add({ text: "one" });
    await clock.pass(19_000);
    expect(sent).toEqual([]);
    await clock.pass(1_000);
    expect(sent).toEqual(["one"]);
  });

  it("is not hurt by a storage that holds nonsense or refuses", async () => {
    const keep = memory();
    keep.texts.set("outbox", '[{"clientId":7},"x"');
    keep.setItem = () => {
      throw new Error("full");
    };
    const { outbox, sent } = harness([], keep);
    outbox.add({ text: "one" });
    await settle();
    expect(sent).toEqual(["one"]);
  });
});
