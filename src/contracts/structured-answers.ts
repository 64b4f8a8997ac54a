import type { AnswerValues, Choices, Form, FormField } from "./structured.ts";

/** What waits for a structured answer. */
export type Asked = Choices | Form;

/** What is wrong with an answer, by the id of its field; empty where it is good. The same in the window and on the server. */
export function problemsOf(asked: Asked, values: AnswerValues): Record<string, string> {
  const fields = asked.kind === "form" ? asked.fields : [choiceField(asked)];
  const strange = Object.keys(values).filter((id) => fields.every((field) => field.id !== id));
  const problems = [
    ...strange.map((id) => [id, "There is no such field."]),
    ...fields.flatMap((field) => {
      const problem = problemOf(field, values[field.id]);
      return problem === undefined ? [] : [[field.id, problem]];
    }),
  ];
  return Object.fromEntries(problems);
}

/** Why a value does not fit its field, in words for whoever fills it in; undefined where it does. */
export function problemOf(field: FormField, value: string | number | undefined): string | undefined {
  if (value === undefined || (typeof value === "string" && value.trim() === "")) {
    return field.required ? `${field.label} is needed.` : undefined;
  }
  if (field.type === "number") return typeof value === "number" ? undefined : "Write a number.";
  if (typeof value !== "string") return "Write this as text.";
  if (field.type === "choice") {
    return field.choices?.some(({ id }) => id === value) ? undefined : "Choose one of the answers.";
  }
  return shapes[field.type](value.trim());
}

/** An answer in words, for people and for windows that show text alone. */
export function answerText(asked: Asked, values: AnswerValues): string {
  if (asked.kind === "choices") return labelOf(asked.choices, String(values.choice));
  const lines = asked.fields.flatMap(({ id, label, choices }) => {
    const value = String(values[id] ?? "").trim();
    if (value === "") return [];
    return [`${label}: ${choices === undefined ? value : labelOf(choices, value)}`];
  });
  return lines.length === 0 ? "(left empty)" : lines.join("\n");
}

/** Buttons of these words, in their order. */
export function choicesOf(labels: readonly string[]): Choices {
  return { kind: "choices", choices: labels.map((label, at) => ({ id: `a${at + 1}`, label })) };
}

function choiceField({ choices }: Choices): FormField {
  return { id: "choice", label: "An answer", type: "choice", required: true, choices };
}

function labelOf(choices: { id: string; label: string }[], id: string): string {
  return choices.find((choice) => choice.id === id)?.label ?? id;
}

const shapes: Record<
  Exclude<FormField["type"], "number" | "choice">,
  (value: string) => string | undefined
> = {
  text: (value) => (value.length <= 200 ? undefined : "Write at most 200 characters."),
  long_text: (value) => (value.length <= 2_000 ? undefined : "Write at most 2,000 characters."),
  email: (value) =>
    /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(value) && value.length <= 320
      ? undefined
      : "Write an e-mail address, such as name@example.com.",
  phone: (value) =>
    /^\+?[\d\s()/.-]{5,30}$/.test(value) && (value.match(/\d/g)?.length ?? 0) >= 5
      ? undefined
      : "Write a phone number, such as +49 30 1234567.",
  date: (value) => (isDate(value) ? undefined : "Write a date as year-month-day, such as 2026-11-30."),
};

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  // A date that no calendar has is silently moved to the next one that it has.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
