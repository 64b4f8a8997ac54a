import type { z } from "zod";
import type { BulkAction } from "#contracts/desk-actions";
import type { BulkAnswer, BulkBody } from "#contracts/desk-tools";
import { isAppError } from "#lib/errors";
import { sideBySide } from "#lib/side-by-side";
import type { Staff } from "#services/accounts";
import { conversationRow, findConversation } from "#services/conversations";
import { act } from "./desk-act.ts";

type Outcome = BulkAnswer["outcomes"][number];

/** So many commands of one caller are under way at once: they share commits, and leave room for others. */
const atOnce = 8;

/** Changes many conversations, each by itself: one that cannot be changed says why, and holds up no other. */
export async function changeMany(
  who: Staff,
  { changes }: z.output<typeof BulkBody>,
  now = new Date(),
): Promise<BulkAnswer> {
  const turn = sideBySide(atOnce);
  const outcomes = await Promise.all(
    changes.map(({ conversationId, action }) => turn(() => changeOne(who, conversationId, action, now))),
  );
  return { outcomes };
}

async function changeOne(
  who: Staff,
  conversationId: string,
  action: BulkAction,
  now: Date,
): Promise<Outcome> {
  try {
    const undo = await act(who, conversationId, action, now);
    const row = conversationRow(await findConversation(who, conversationId));
    return { conversationId, outcome: "done", undo, row };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { conversationId, outcome: "failed", problem: error.message };
  }
}
