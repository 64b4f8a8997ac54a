import type { Thread } from "#components/inbox/data/thread.ts";
import { type CallView, callsAPage } from "#contracts/calls";
import type { MessageView } from "#contracts/conversation";
import { oldestCall } from "./call-after.ts";
import { phone } from "./phone-api.ts";

/** Fetches the calls that stand among older messages, or whose words are there; the next page of calls where no message is older. */
export async function callsAmong(
  { row, calls = [], moreCalls }: Pick<Thread, "row" | "calls" | "moreCalls">,
  messages: MessageView[],
): Promise<{ calls: CallView[]; moreCalls: boolean }> {
  const known = [...calls];
  let more = moreCalls;
  while (more && (messages.length === 0 || misses(known, messages))) {
    const page = await phone.calls(row.id, oldestCall(known)?.seq ?? 1);
    known.push(...page);
    more = page.length === callsAPage;
    if (messages.length === 0) break;
  }
  return { calls: known.slice(calls.length), moreCalls: more };
}

function misses(known: CallView[], messages: MessageView[]): boolean {
  const oldest = oldestCall(known)?.seq ?? 0;
  const ids = new Set(known.map(({ id }) => id));
  return messages.some(({ seq, data }) => seq < oldest || (data?.kind === "spoken" && !ids.has(data.callId)));
}
