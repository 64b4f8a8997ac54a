import type { z } from "zod";
import type { ContactLeft, LeaveContactBody } from "#contracts/chat";
import { withCompany } from "#lib/db";
import { append } from "#services/conversations";
import type { Customer } from "./customer.ts";

/** Keeps the address, and the name, under which a customer can be answered when they are gone, and tells operators so. */
export async function leaveContact(
  { companyId, contactId, conversation }: Customer,
  { name, email }: LeaveContactBody,
  now = new Date(),
): Promise<z.infer<typeof ContactLeft>> {
  const known = await withCompany(companyId, async (tx) => {
    const { count } = await tx.contact.updateMany({
      where: { id: contactId, companyId, email },
      data: name === undefined ? {} : { name },
    });
    if (count > 0) return true;
    await tx.contact.updateMany({
      where: { id: contactId, companyId },
      data: { email, ...(name !== undefined && { name }) },
    });
    return false;
  });
  // Without the address itself: it stands beside the conversation, and notes are read by more eyes.
  const text = "The customer left an e-mail address: they can be answered there when they are gone.";
  if (!known) {
    await append(conversation, {
      now,
      messages: [{ author: { kind: "system" }, text, audience: "operators" }],
    });
  }
  return { name, email };
}
