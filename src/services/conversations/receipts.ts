import { withCompany } from "#lib/db";
import { publishFleeting, publishToCompany } from "./publish.ts";
import { findConversation, type Reader } from "./read.ts";
import { conversationRow, receiptsView } from "./view.ts";

/** Moves a side's read mark forward, never back and never past the head, and clears what that side had unread. */
export async function markRead(
  who: Reader,
  conversationId: string,
  side: "customer" | "operator",
  seq: number,
): Promise<void> {
  const moved = await withCompany(who.companyId, (tx) =>
    side === "customer"
      ? tx.$executeRaw`UPDATE conversation SET customer_read = greatest(customer_read, least(${seq}, head)),
            customer_unread = CASE WHEN ${seq} >= head THEN 0 ELSE customer_unread END
          WHERE company_id = ${who.companyId}::uuid AND id = ${conversationId}::uuid AND (customer_read < least(${seq}, head) OR customer_unread > 0)`
      : tx.$executeRaw`UPDATE conversation SET operator_read = greatest(operator_read, least(${seq}, head)),
            operator_unread = CASE WHEN ${seq} >= head THEN 0 ELSE operator_unread END
          WHERE company_id = ${who.companyId}::uuid AND id = ${conversationId}::uuid AND (operator_read < least(${seq}, head) OR operator_unread > 0)`,
  );
  const conversation = await findConversation(who, conversationId);
  if (moved === 0) return;
  publishFleeting(
    { companyId: who.companyId, conversationId },
    { type: "read", conversationId, receipts: receiptsView(conversation) },
  );
  publishToCompany(who.companyId, { type: "row", conversationId, row: conversationRow(conversation) });
}
