import type { z } from "zod";
import type { CallList, CallQuery } from "#contracts/calls";
import { callsOf, findConversation, type Reader } from "#services/conversations";

/** The calls of a conversation before an entry of its log, newest first. Throws `not_found`. */
export async function listCalls(
  who: Reader,
  conversationId: string,
  page: z.output<typeof CallQuery>,
): Promise<z.infer<typeof CallList>> {
  await findConversation(who, conversationId);
  return { calls: await callsOf(who, conversationId, page) };
}
