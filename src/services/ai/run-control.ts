import { z } from "zod";

/** Where the runners of all processes talk to each other. */
export const controlTopic = "ai:runs";

/** What runners tell each other; losing one costs a moment, never a run. */
export const Control = z.discriminatedUnion("type", [
  z.object({ type: z.literal("stop"), runId: z.string() }),
  z.object({ type: z.literal("replay"), runId: z.string() }),
  z.object({ type: z.literal("free"), runId: z.string(), companyId: z.string() }),
]);
export type Control = z.infer<typeof Control>;
