import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RewriteBody, RewriteEvent } from "#contracts/copilot";
import { askKnowledge, streamRewrite, summarise } from "#services/copilot";
import {
  aHeldConversation,
  type Desk,
  type Held,
  heard,
  never,
  openDesk,
  ports,
  say,
} from "./copilot-desk.ts";

let desk: Desk;
let held: Held;
beforeAll(async () => {
  desk = await openDesk();
  held = await aHeldConversation();
});
afterAll(() => desk.close());
beforeEach(() => {
  desk.model.set({});
  desk.model.requests.length = 0;
});

describe("rewriting", () => {
  const draft = "You may return it, see [our page](https://partner.example/x) [2].";

  it("streams the rewritten text and ends with it whole, keeping the operator's own links", async () => {
    desk.model.set({
      chunks: [
        "Return it: ",
        "[our page](https://part",
        "ner.example/x) [2] ",
        "[evil](https://evil.example)",
      ],
    });

    const events = await rewritten({ text: draft, how: { kind: "shorter" } });

    const whole = "Return it: [our page](https://partner.example/x) [2] evil";
    expect(events.at(-1)).toEqual({ type: "done", text: whole });
    expect(shown(events)).toBe(whole);
    expect(desk.model.requests[0]?.messages.at(-1)?.content).toMatch(
      /^<data-[0-9a-f]+ kind="draft">\nYou may/,
    );
  });

  it("names the language to translate into", async () => {
    await rewritten({ text: draft, how: { kind: "translate", to: "pt-BR" } });
    expect(desk.model.requests[0]?.messages[0]?.content).toContain('"pt-BR"');
  });

  it("is never longer than the channel takes, and ends where a sentence does", async () => {
    desk.model.set({ chunks: Array.from({ length: 900 }, () => "Ten chars. ") });
    const events = await rewritten({ text: draft, how: { kind: "friendlier" } });
    const last = events.at(-1);
    expect(last?.type === "done" && last.text.length).toBeLessThanOrEqual(8_000);
    expect(last?.type === "done" && last.text.endsWith("chars.")).toBe(true);
  });

  it("tells a failure, and is refused where no model is connected", async () => {
    desk.model.set({ mode: "error" });
    const events = await rewritten({ text: draft, how: { kind: "grammar" } });
    expect(events).toMatchObject([{ type: "error", message: expect.stringContaining("as it was") }]);
    const refused = streamRewrite(held.who, held.conversationId, ports(), {
      text: draft,
      how: { kind: "grammar" },
    });
    await expect(refused).rejects.toMatchObject({ code: "conflict" });
  });

  async function rewritten(body: RewriteBody): Promise<RewriteEvent[]> {
    const open = await streamRewrite(held.who, held.conversationId, ports(desk.model), body);
    return heard(open(never()));
  }
});

describe("a summary", () => {
  it("is the model's, line by line", async () => {
    desk.model.set({
      chunks: ["- Kim wants to return a tent.\n", "- 30 days were ", "promised.\n\n2. Open: the label."],
    });
    expect(await summarise(held.who, held.conversationId, ports(desk.model), never())).toMatchObject({
      by: "model",
      points: ["Kim wants to return a tent.", "30 days were promised.", "Open: the label."],
    });
  });

  it("is in the conversation's own words without a model, and where it fails", async () => {
    const own = await aHeldConversation();
    await say(own, {
      author: { kind: "operator", id: own.who.userId, name: "Anna" },
      text: "You have 30 days.",
    });
    await say(own, { author: { kind: "operator", name: "Anna" }, text: "A hard one", audience: "operators" });
    desk.model.set({ mode: "error" });
    const failed = await summarise(own.who, own.conversationId, ports(desk.model), never());
    const without = await summarise(own.who, own.conversationId, ports(), never());
    expect(failed).toEqual(without);
    expect(without.by).toBe("keyless");
    expect(without.points.join("\n")).toMatch(
      /“How long do I have to return a tent\?”[\s\S]*Anna wrote last for us: “You have 30 days.”/,
    );
    expect(without.points.join("\n")).not.toContain("A hard one");
  });
});

describe("asking the articles", () => {
  it("answers passages with the sources they open at, best first", async () => {
    const { confidence, passages } = await askKnowledge(
      held,
      held.conversationId,
      "How long is the warranty?",
    );
    expect(confidence).toBeGreaterThan(0.3);
    expect(passages[0]?.source).toMatchObject({
      number: 1,
      title: expect.stringMatching(/warranty/i),
      url: expect.stringMatching(/\/help\/.*#/),
    });
    expect(passages[0]?.text.length).toBeGreaterThan(20);
  });

  it("answers nothing where the articles hold nothing", async () => {
    expect(await askKnowledge(held, held.conversationId, "zzqx")).toEqual({ confidence: 0, passages: [] });
  });
});

function shown(events: RewriteEvent[]): string {
  return events.reduce(
    (text, event) => (event.type === "delta" ? text.slice(0, event.offset) + event.text : text),
    "",
  );
}
