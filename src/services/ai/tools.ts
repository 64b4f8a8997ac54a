import { z } from "zod";
import type { ModelTool, ToolCall } from "./model.ts";

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
];

export type CheckedCall =
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
