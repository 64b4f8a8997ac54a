/** What stands for something of the conversation in the words of a canned response, and how people call it. */
export const cannedVariables = {
  "customer.name": "the customer's name",
  "customer.first_name": "the customer's first name",
  "operator.name": "your name",
  "operator.first_name": "your first name",
  "company.name": "the company's name",
  "agent.name": "the assistant's name",
  "conversation.topic": "the conversation's topic",
} as const;
export type CannedVariable = keyof typeof cannedVariables;

/** What is known for the variables; what is absent is not known. */
export type CannedValues = Partial<Record<CannedVariable, string>>;

/** Words with their variables filled in; `missing` are those that are not known and have no fallback: they stay as written. */
export type Rendered = { text: string; missing: CannedVariable[] };

const gap = /\{\{([^{}]*)\}\}/g;

/** Fills the variables of a canned response: `{{customer.first_name|there}}` says “there” where the name is not known. */
export function renderCanned(text: string, values: CannedValues): Rendered {
  const missing = new Set<CannedVariable>();
  const filled = text.replaceAll(gap, (written, inside: string) => {
    const { name, fallback } = partsOf(inside);
    if (!isVariable(name)) return written;
    const value = values[name] ?? fallback;
    if (value === undefined) missing.add(name);
    return value ?? written;
  });
  return { text: filled, missing: [...missing] };
}

/** What is wrong with the variables of a canned response, as a sentence for whoever writes it. */
export function cannedProblem(text: string): string | undefined {
  for (const [written, inside = ""] of text.matchAll(gap)) {
    const { name } = partsOf(inside);
    if (name === "") return `${written} names no variable.`;
    if (!isVariable(name)) return `There is no variable {{${name}}}. ${known}`;
  }
  const left = text.replaceAll(gap, "");
  if (left.includes("{{")) return "A variable begins with {{ but does not end with }}.";
  if (left.includes("}}")) return "A variable ends with }} but does not begin with {{.";
  return undefined;
}

/** What a conversation, its operator and their company give the variables. */
export function cannedValues(known: {
  customer: { id: string; name: string };
  operator: { name: string };
  company: { name: string };
  agent: { name: string };
  topic: string;
}): CannedValues {
  const { customer, operator } = known;
  // Lists call whoever told no name a visitor; nobody is greeted so.
  const name = customer.name === visitorName(customer.id) ? "" : toldName(customer.name);
  return withoutEmpty({
    "customer.name": name,
    "customer.first_name": firstName(name),
    "operator.name": operator.name,
    "operator.first_name": firstName(operator.name),
    "company.name": known.company.name,
    "agent.name": known.agent.name,
    "conversation.topic": known.topic,
  });
}

/** How windows call a customer who has told no name: the same in each, different for most customers. */
export function visitorName(contactId: string): string {
  return `Visitor ${contactId.slice(-4).toUpperCase()}`;
}

/** What somebody may be called to their face; empty where they are known by a phone number alone. */
export function toldName(name: string): string {
  return /^\+[\d ()./-]+$/.test(name) ? "" : name;
}

const known = `Known are ${Object.keys(cannedVariables)
  .map((name) => `{{${name}}}`)
  .join(", ")}.`;

function partsOf(inside: string): { name: string; fallback: string | undefined } {
  const bar = inside.indexOf("|");
  if (bar === -1) return { name: inside.trim(), fallback: undefined };
  return { name: inside.slice(0, bar).trim(), fallback: inside.slice(bar + 1).trim() };
}

function isVariable(name: string): name is CannedVariable {
  return Object.hasOwn(cannedVariables, name);
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? "";
}

function withoutEmpty(values: Record<CannedVariable, string>): CannedValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
}
