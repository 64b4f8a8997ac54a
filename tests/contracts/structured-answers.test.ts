import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormField, type FormField as FormFieldView, Offering } from "#contracts/structured";
import { answerText, choicesOf, problemOf, problemsOf } from "#contracts/structured-answers";

const field = (type: FormFieldView["type"], more: Partial<FormFieldView> = {}) =>
  FormField.parse({
    id: "a",
    label: "The field",
    type,
    ...(type === "choice" && { choices: choicesOf(["Small", "Large"]).choices }),
    ...more,
  });

describe("a value of a form", () => {
  it.each([
    ["text", "N-12"],
    ["long_text", "x".repeat(2_000)],
    ["email", "kim@example.com"],
    ["email", "kim.o'hara+shop@mail.example.co.uk"],
    ["phone", "+49 (30) 123-4567"],
    ["number", 2.5],
    ["number", 0],
    ["date", "2028-02-29"],
    ["choice", "a2"],
  ] as const)("fits: %s %j", (type, value) => {
    expect(problemOf(field(type), value)).toBeUndefined();
  });

  it.each([
    ["text", "x".repeat(201)],
    ["text", 12],
    ["long_text", "x".repeat(2_001)],
    ["email", "kim"],
    ["email", "kim@example"],
    ["email", "kim @example.com"],
    ["phone", "call me"],
    ["phone", "-----"],
    ["number", "2"],
    ["date", "2026-02-29"],
    ["date", "29.2.2028"],
    ["choice", "a3"],
    ["choice", "Small"],
  ] as const)("does not fit, and says so: %s %j", (type, value) => {
    expect(problemOf(field(type), value)).toMatch(/^(Write|Choose)/);
  });

  it("is needed where the form says so, and may be left out elsewhere", () => {
    for (const empty of [undefined, "", "   "]) {
      expect(problemOf(field("text", { required: true }), empty)).toBe("The field is needed.");
      expect(problemOf(field("text"), empty)).toBeUndefined();
    }
  });
});

describe("an answer", () => {
  const form = { kind: "form" as const, fields: [field("text"), { ...field("choice"), id: "b" }] };

  it("names what it holds too much", () => {
    expect(problemsOf(form, { a: "x", c: "y" })).toEqual({ c: "There is no such field." });
    expect(problemsOf(choicesOf(["Yes"]), { choice: "a1" })).toEqual({});
    expect(Object.keys(problemsOf(choicesOf(["Yes"]), {}))).toEqual(["choice"]);
  });

  it("reads as labels and values", () => {
    expect(answerText(form, { a: "x", b: "a2" })).toBe("The field: x\nThe field: Large");
    expect(answerText(form, {})).toBe("(left empty)");
    expect(answerText(choicesOf(["Yes", "No"]), { choice: "a2" })).toBe("No");
  });

  it("never throws, whatever it holds", () => {
    const values = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double()));
    fc.assert(
      fc.property(values, (given) => {
        expect(typeof answerText(form, given)).toBe("string");
        expect(typeof problemsOf(form, given)).toBe("object");
      }),
    );
  });
});

describe("what a message may carry", () => {
  it("holds no picture from elsewhere", () => {
    const card = { title: "A", imageUrl: "https://evil.example/pixel.png" };
    expect(JSON.stringify(Offering.parse({ kind: "cards", cards: [card] }))).not.toContain("evil");
  });
});
