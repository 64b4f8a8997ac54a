import { GENERAL } from "#contracts/attributes";
import type { OpenedTopic } from "#contracts/chat";
import { mostTopics, type TopicList } from "#contracts/topics";
import { withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { findConversation, holdContactOf, publishFleeting } from "#services/conversations";
import type { Customer } from "./customer.ts";
import { conversationSnapshot } from "./snapshot.ts";
import { findTopic, isGeneral, listTopics, makeTopic, type Visit } from "./topic-store.ts";

/** All of a customer's topics with the agent, those with the newest words first. */
export async function customerTopics(customer: Customer): Promise<TopicList> {
  return { topics: await listTopics(visitOf(customer)) };
}

/** Opens one of a customer's topics, making it where they have none of that name. Throws `conflict` beyond the most they may hold. */
export async function openTopic(customer: Customer, name: string): Promise<OpenedTopic> {
  if (isGeneral(name)) return opened(customer, GENERAL, customer.session.conversationId);
  const known = await findTopic(visitOf(customer), name);
  if (known !== undefined) return opened(customer, known.name, known.conversation.id);

  const { companyId, sessionId, agentId } = customer;
  await withCompany(companyId, async (tx) => {
    const contactId = await holdContactOf(tx, companyId, sessionId);
    const held = await tx.chatTopic.count({ where: { companyId, visitorId: customer.session.visitorId } });
    if (held >= mostTopics) {
      throw new AppError("conflict", `There are ${mostTopics} topics already: go on in one of them.`);
    }
    const written = name.replace(/\s+/gu, " ");
    await makeTopic(tx, visitOf(customer), { name: written, agentId, contactId });
  });
  tellTopics(customer);
  return openTopic(customer, name);
}

/** Has each window of a customer read its list of topics again. */
export function tellTopics({ companyId, session }: Customer): void {
  const { conversationId } = session;
  // Only a ring: every window hears what happens in General, and each reads the list for itself.
  publishFleeting({ companyId, conversationId }, { type: "topics", conversationId, topics: [] });
}

/** Whose topics a customer's are. */
export function visitOf({ companyId, sessionId, session }: Customer): Visit {
  return { companyId, sessionId, visitorId: session.visitorId };
}

async function opened(customer: Customer, topic: string, conversationId: string): Promise<OpenedTopic> {
  const [conversation, topics] = await Promise.all([
    findConversation(customer, conversationId),
    listTopics(visitOf(customer)),
  ]);
  return { topic, topics, snapshot: await conversationSnapshot(conversation, "all") };
}
