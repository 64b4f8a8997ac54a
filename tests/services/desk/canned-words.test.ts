import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cannedProblem, cannedValues, renderCanned } from "#contracts/canned-words";
import { CannedBody } from "#contracts/desk-tools";

const known = {
  customer: { id: "0190a000-0000-7000-8000-00000000beef", name: "Kim Larsen" },
  operator: { name: "Anna Berg" },
  company: { name: "Harbour" },
  agent: { name: "Nori" },
  topic: "General",
};

describe("a canned response", () => {
  it("has its variables filled with what is known of the conversation", () => {
    const text =
      "Hi {{customer.first_name}}, {{ operator.name }} of {{company.name}} here ({{agent.name}}, {{conversation.topic}}).";
    expect(renderCanned(text, cannedValues(known))).toEqual({
      text: "Hi Kim, Anna Berg of Harbour here (Nori, General).",
      missing: [],
    });
  });

  it("falls back where something is not known, and says what is missing where it cannot", () => {
    const visitor = cannedValues({ ...known, customer: { ...known.customer, name: "Visitor BEEF" } });
    const caller = cannedValues({ ...known, customer: { ...known.customer, name: "+1 (206) 555-0147" } });
    expect(caller).toEqual(visitor);
    expect(renderCanned("Hi {{customer.first_name|there}}!", visitor)).toEqual({
      text: "Hi there!",
      missing: [],
    });
    expect(renderCanned("Hi {{customer.name}}, {{customer.name}}!", visitor)).toEqual({
      text: "Hi {{customer.name}}, {{customer.name}}!",
      missing: ["customer.name"],
    });
    expect(renderCanned("Hi{{customer.name|}}!", visitor).text).toBe("Hi!");
  });

  it.each([
    ["Hi {{customer.frist_name}}", "There is no variable {{customer.frist_name}}."],
    ["Hi {{constructor}}", "There is no variable {{constructor}}."],
    ["Hi {{}}", "{{}} names no variable."],
    ["Hi {{customer.name", "A variable begins with {{"],
    ["Hi customer.name}}", "A variable ends with }}"],
  ])("is refused with a sentence: %s", (text, problem) => {
    expect(cannedProblem(text)).toContain(problem);
    const body = CannedBody.safeParse({ name: "hi", title: "Hi", text });
    expect(body.error?.issues[0]?.message).toContain(problem);
  });

  it("never fills words of a customer in as variables", () => {
    const values = cannedValues({ ...known, customer: { ...known.customer, name: "{{operator.name}}" } });
    expect(renderCanned("Hi {{customer.name}}", values).text).toBe("Hi {{operator.name}}");
  });

  it("leaves words without variables as they are", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[{}]/.test(text)),
        (text) => {
          expect(cannedProblem(text)).toBeUndefined();
          expect(renderCanned(text, {})).toEqual({ text, missing: [] });
        },
      ),
    );
  });

  it("is called by a word, with or without its slash", () => {
    const named = (name: string) => CannedBody.safeParse({ name, title: "Refund", text: "Done." });
    expect(named(" /Refund ").data?.name).toBe("refund");
    for (const name of ["", "/", "two words", "a/b", "x".repeat(41)]) expect(named(name).success).toBe(false);
  });
});
