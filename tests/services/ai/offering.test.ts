import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Offering } from "#contracts/structured";
import { type ModelClient, openaiModel } from "#services/ai";
import { articleSearch } from "#services/knowledge";
import { type ModelServer, startModelServer } from "#support/model-server";
import { tell } from "#support/turn";

let server: ModelServer;
let model: ModelClient;
beforeAll(async () => {
  server = await startModelServer();
  model = openaiModel({ baseUrl: server.url, apiKey: "k", model: "test" });
});
afterAll(() => server.close());
beforeEach(() => {
  server.set({});
  server.requests.length = 0;
});

function calls(name: string, given: unknown, chunks: string[] = ["I do not know that."]) {
  server.set({ mode: "tools", calls: [{ name, arguments: given }], chunks });
}

describe("what a model shows beside its words", () => {
  it("is buttons, and its words are the answer's text to the letter", async () => {
    calls("ask_choices", {
      words: "Which order do you mean?",
      answers: ["The tent", "The bike", "The tent"],
    });
    const { answer, pieces } = await tell("where is my order?", { model });
    expect(answer.text).toBe("Which order do you mean?");
    expect(pieces.join("")).toBe(answer.text);
    expect(answer.data).toEqual({
      kind: "choices",
      choices: [
        { id: "a1", label: "The tent" },
        { id: "a2", label: "The bike" },
      ],
    });
    expect(server.requests).toHaveLength(1);
  });

  it("counts as a question back, whose confidence says nothing", async () => {
    calls("ask_choices", { words: "Which one?", answers: ["A", "B"] });
    const { answer } = await tell("where is my order?", { model });
    expect(answer).toMatchObject({ kind: "asking", confidence: { parts: { kind: "asking" } } });
  });

  it("is cards whose links lead to the sources and the company only", async () => {
    const link = (url: string) => ({ label: "Open", url });
    calls("show_cards", {
      words: "Two tents fit.",
      cards: [
        {
          title: "Fjell 2",
          text: "Light.",
          link: link("https://shop.example/fjell-2"),
          reply: "The Fjell 2",
        },
        { title: "Fjell 3", link: link("https://evil.example/steal") },
      ],
    });
    const { answer } = await tell("which tent?", { model });
    expect(answer.data).toEqual({
      kind: "cards",
      cards: [
        {
          title: "Fjell 2",
          text: "Light.",
          actions: [link("https://shop.example/fjell-2"), { label: "The Fjell 2", reply: "The Fjell 2" }],
        },
        { title: "Fjell 3", actions: [] },
      ],
    });
  });

  it("smuggles no address in a title or label", async () => {
    calls("ask_form", {
      words: "Tell me more.",
      fields: [
        { label: "Number, see [here](https://evil.example/x) or https://evil.example/y", type: "text" },
      ],
    });
    const { answer } = await tell("where is my order?", { model });
    expect(JSON.stringify(answer.data)).not.toContain("evil.example");
  });

  it("is a form that the contract knows", async () => {
    calls("ask_form", {
      words: "I need two things.",
      title: "Your order",
      fields: [
        { label: "Order number", type: "text", required: true },
        { label: "Size", type: "choice", answers: ["Small", "Large"] },
      ],
    });
    const { answer } = await tell("exchange my jacket", { model });
    expect(Offering.parse(answer.data)).toMatchObject({
      kind: "form",
      title: "Your order",
      fields: [
        { id: "f1", label: "Order number", required: true },
        { id: "f2", choices: [{ label: "Small" }, { label: "Large" }] },
      ],
    });
  });

  it.each([
    ["one answer only", "ask_choices", { words: "Which?", answers: ["A"] }],
    [
      "a field to choose from without answers",
      "ask_form",
      { words: "?", fields: [{ label: "Size", type: "choice" }] },
    ],
    ["no cards", "show_cards", { words: "Look", cards: [] }],
    ["a file upload", "ask_form", { words: "?", fields: [{ label: "Photo", type: "file" }] }],
  ])("cannot be %s: the model is told and answers in words", async (_, name, given) => {
    calls(name, given);
    const { answer } = await tell("a question about things", { model });
    expect(answer.data).toBeUndefined();
    expect(answer.text).toBe("I do not know that.");
    expect(server.requests[1]?.messages.at(-1)).toMatchObject({ role: "tool" });
  });

  it("stays away where the model asks for a person as well", async () => {
    server.set({
      mode: "tools",
      calls: [
        { name: "ask_choices", arguments: { words: "Which?", answers: ["A", "B"] } },
        { name: "escalate", arguments: { reason: "Angry." } },
      ],
    });
    const { answer } = await tell("this is the third time I ask", { model });
    expect(answer.escalate).toEqual({ reason: "Angry." });
    expect(answer.data).toBeUndefined();
  });
});

describe("the keyless answerer", () => {
  const search = async (query: string, limit: number) =>
    articleSearch([
      { id: "a", title: "Warranty of tents", body: "Tents have a warranty of five years against defects." },
      { id: "b", title: "Warranty of bikes", body: "Bikes have a warranty of three years against defects." },
      { id: "c", title: "Parking", body: "You may park behind the shop." },
    ])({ query, limit });
  const vague = "what about the warranty?";

  it("asks which article is meant where several fit alike", async () => {
    const { answer } = await tell(vague, { search });
    expect(answer).toMatchObject({ kind: "asking", model: "keyless" });
    const labels = answer.data?.kind === "choices" ? answer.data.choices.map(({ label }) => label) : [];
    expect(labels.toSorted()).toEqual(["Warranty of bikes", "Warranty of tents"]);
  });

  it("answers the title that was pressed", async () => {
    const { answer } = await tell("Warranty of bikes", { search });
    expect(answer.kind).toBe("answer");
    expect(answer.text).toContain("three years");
  });

  it("does not ask twice in a row", async () => {
    const { answer: first } = await tell(vague, { search });
    const { answer } = await tell(vague, {
      search,
      history: [
        { author: "customer", text: vague },
        { author: "agent", text: first.text },
      ],
    });
    expect(answer.data).toBeUndefined();
  });
});
