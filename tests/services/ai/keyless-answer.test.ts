import { describe, expect, it } from "vitest";
import { confidentFrom, smallTalkOf, type TurnMessage } from "#services/ai";
import { articleSearch } from "#services/knowledge";
import { tell } from "#support/turn";
import cases from "./help-centre.json" with { type: "json" };

const nothing = async () => [];

describe("the keyless answerer", () => {
  it("answers most questions on the help centre from the right article", async () => {
    const told = await Promise.all(
      cases.answered.map(async ([question = "", article = ""]) => ({
        question,
        article,
        ...(await tell(question)),
      })),
    );
    const wrong = told
      .filter(({ answer, article }) => answer.kind !== "answer" || answer.sources[0]?.articleId !== article)
      .map(
        ({ question, answer }) => `${question} → ${answer.sources[0]?.articleId} ${answer.confidence.value}`,
      );
    expect(cases.answered.length).toBeGreaterThanOrEqual(40);
    expect(wrong.length, wrong.join("\n")).toBeLessThanOrEqual(4);
  });

  it("says so when it does not know", async () => {
    const told = await Promise.all(
      cases.unknown.map(async (question) => ({ question, ...(await tell(question)) })),
    );
    for (const { answer } of told.filter(({ answer }) => answer.kind === "unknown")) {
      expect(answer.text).toMatch(/couldn't find.*person/);
      expect(answer.sources).toEqual([]);
    }
    const claimed = told
      .filter(({ answer }) => answer.confidence.value >= confidentFrom)
      .map(({ question, answer }) => `${question} ${answer.confidence.value}`);
    expect(claimed.length, claimed.join("\n")).toBeLessThanOrEqual(2);
  });

  it("quotes with numbers that its sources carry, and names article and section", async () => {
    const { answer } = await tell("what does it cost to return something from Austria?");
    expect(answer.model).toBe("keyless");
    expect(answer.text).toContain("€5.90");
    expect(answer.text).toContain("[1]");
    expect(answer.sources[0]).toMatchObject({
      number: 1,
      title: "Returns",
      section: "What a return costs",
      url: "/help/returns#what-a-return-costs",
    });
  });

  it("streams small pieces that are the answer, to the letter", async () => {
    const { answer, pieces } = await tell("how do I wash my down jacket?");
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.join("")).toBe(answer.text);
  });

  it("falls silent when it is aborted", async () => {
    const stop = new AbortController();
    const pieces: string[] = [];
    const telling = tell("how do I wash my down jacket?", {
      signal: stop.signal,
      emit: ({ text }) => {
        pieces.push(text);
        if (pieces.length === 3) stop.abort("taken over");
      },
    });
    await expect(telling).rejects.toBe("taken over");
    expect(pieces).toHaveLength(3);
  });

  it("understands a question that leans on the one before", async () => {
    const history: TurnMessage[] = [
      { author: "customer", text: "What does delivery to Germany cost?" },
      { author: "agent", text: "Standard delivery within Germany costs €4.90." },
    ];
    const { answer } = await tell("and to other EU countries?", { history });
    expect(answer.kind).toBe("answer");
    expect(answer.text).toContain("€9.90");
  });

  it("does not drag an earlier question into a new one", async () => {
    const history: TurnMessage[] = [
      { author: "customer", text: "What does delivery to Germany cost?" },
      { author: "agent", text: "Standard delivery within Germany costs €4.90." },
    ];
    const { answer } = await tell("how do I wash my down jacket?", { history });
    expect(answer.sources[0]?.articleId).toBe("down-jacket-care");
    const { answer: off } = await tell("who won the world cup in 1990?", { history });
    expect(off.kind).toBe("unknown");
  });

  it("chats politely without articles", async () => {
    for (const [message, words] of [
      ["Hello!", /Nora.*AI assistant of Nordlicht/],
      ["hi there", /help you/],
      ["Thank you so much!", /welcome/],
      ["ok thanks, bye", /welcome|Goodbye/],
      ["Who are you?", /Nora/],
      ["are you a real person?", /not a person/],
      ["Am I talking to a bot?", /AI assistant/],
      ["what can you do?", /help articles/],
      ["How are you?", /well/],
      ["can you help me?", /help articles/],
      ["👍", /Nora|Good/],
    ] as const) {
      const { answer } = await tell(message, { search: nothing });
      expect(answer.kind, message).toBe("small_talk");
      expect(answer.text, message).toMatch(words);
      expect(answer.confidence.value).toBe(1);
    }
  });

  it("asks for a person when the customer says yes to its offer, and only then", async () => {
    const { answer: unknown } = await tell("do you price match?");
    const history: TurnMessage[] = [
      { author: "customer", text: "do you price match?" },
      { author: "agent", text: unknown.text },
    ];
    const { answer } = await tell("Yes, please", { history });
    expect(answer).toMatchObject({ text: "", escalate: { reason: expect.stringContaining("accepted") } });
    const { answer: onScreen } = await tell("yes please", { offered: true });
    expect(onScreen.escalate).toBeDefined();
    const { answer: plain } = await tell("yes");
    expect(plain.escalate).toBeUndefined();
    expect(plain.text).toMatch(/What would you like to know/);
    const { answer: no } = await tell("no thanks", { history });
    expect(no.escalate).toBeUndefined();
    expect(no.kind).toBe("small_talk");
  });

  it("does not take a question for small talk", () => {
    for (const question of [
      "Hi, where is my parcel?",
      "thanks, but what about returns?",
      "hello, can you help me with a refund?",
      "good morning, my tent pole broke",
      "is this jacket waterproof?",
      "thanks for nothing, my parcel is still missing",
      "no, I want the other size",
    ])
      expect(smallTalkOf(question), question).toBeUndefined();
  });

  it("shows links of an article only where they lead to the sources or the company", async () => {
    const body =
      "Zorblax units are reset on [our page](https://shop.example/reset) or [here](https://evil.example/x).";
    const find = articleSearch([{ id: "zorblax", title: "Zorblax", body }]);
    const { answer } = await tell("how do I reset my zorblax?", {
      search: async (query, limit) => find({ query, limit }),
    });
    expect(answer.text).toContain("(https://shop.example/reset)");
    expect(answer.text).not.toContain("evil.example");
  });
});
