import { z } from "zod";
import type { ModelTool, ToolCall } from "./model.ts";
import { CardsArguments, ChoicesArguments, FormArguments, type WantedOffering } from "./offering.ts";
import type { HandedBack } from "./turn.ts";

const SearchArguments = z.object({
  query: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .describe("What to look for, in a few words of the customer's language."),
});
const EscalateArguments = z.object({
  reason: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .describe("Why a person is needed, in one sentence for the person."),
});

/**
 * What the model may do. No tool takes a company, customer or conversation: those are fixed by the code that runs the
 * turn, so no argument can reach beyond them.
 */
export const modelTools: ModelTool[] = [
  {
    name: "search_knowledge",
    description:
      "Searches the company's help articles. Use it when the passages at hand do not answer the question.",
    parameters: schemaOf(SearchArguments),
  },
  {
    name: "escalate",
    description:
      "Asks for a human colleague: when the customer wants one, or needs something only a person can do or decide.",
    parameters: schemaOf(EscalateArguments),
  },
  {
    name: "ask_choices",
    description:
      "Asks the customer back with buttons to press: when the question may mean a few different things, or has a few clear answers. It ends your answer.",
    parameters: schemaOf(ChoicesArguments),
  },
  {
    name: "show_cards",
    description:
      "Shows a few things side by side, such as products or steps to choose from, each with a link or a reply. It ends your answer.",
    parameters: schemaOf(CardsArguments),
  },
  {
    name: "ask_form",
    description:
      "Asks the customer for several details at once, such as an order number and a date, when they are needed to go on. Never for passwords, card numbers or codes. It ends your answer.",
    parameters: schemaOf(FormArguments),
  },
];

const returnTool: ModelTool = {
  name: "return_to_person",
  description:
    "Gives the customer back to the colleague who handed them to you: whenever the question is outside of what you may help with.",
  parameters: schemaOf(EscalateArguments),
};

/** What the model may do on a turn: giving back is for those who were given something. */
export function toolsFor({ handedBack }: { handedBack?: HandedBack | undefined }): ModelTool[] {
  return handedBack === undefined || handedBack.topics.length === 0
    ? modelTools
    : [...modelTools, returnTool];
}

export type CheckedCall =
  | WantedOffering
  | { tool: "return_to_person"; reason: string }
  | { tool: "search_knowledge"; query: string }
  | { tool: "escalate"; reason: string }
  | { tool: "unknown"; problem: string };

/** Reads a tool call of a model; a wrong one comes back as a problem the model can mend. */
export function checkCall(call: ToolCall): CheckedCall {
  const json = parsed(call.arguments);
  if (call.name === "search_knowledge") {
    const found = SearchArguments.safeParse(json);
    if (found.success) return { tool: "search_knowledge", query: found.data.query };
    return { tool: "unknown", problem: "search_knowledge needs a query of 1 to 500 characters." };
  }
  if (call.name === "escalate") {
    const found = EscalateArguments.safeParse(json);
    // Asking for a person counts, however clumsily it was asked.
    return {
      tool: "escalate",
      reason: found.success ? found.data.reason : "The assistant asked for a person.",
    };
  }
  if (call.name === "return_to_person") {
    const found = EscalateArguments.safeParse(json);
    return {
      tool: "return_to_person",
      reason: found.success ? found.data.reason : "The assistant gave back.",
    };
  }
  return checkOffer(call.name, json);
}

function checkOffer(name: string, json: unknown): CheckedCall {
  const problem = (error: z.ZodError) => {
    const [issue] = error.issues;
    const at = issue?.path.join(".") ?? "";
    return { tool: "unknown" as const, problem: `${name} cannot be used so: ${at} ${issue?.message ?? ""}.` };
  };
  if (name === "ask_choices") {
    const found = ChoicesArguments.safeParse(json);
    return found.success ? { tool: name, given: found.data } : problem(found.error);
  }
  if (name === "show_cards") {
    const found = CardsArguments.safeParse(json);
    return found.success ? { tool: name, given: found.data } : problem(found.error);
  }
  if (name === "ask_form") {
    const found = FormArguments.safeParse(json);
    return found.success ? { tool: name, given: found.data } : problem(found.error);
  }
  return { tool: "unknown", problem: "There is no such tool." };
}

function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema);
  return rest;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
