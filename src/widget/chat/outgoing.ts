import type { OutboxEntry } from "#client/outbox";
import { general } from "#client/topics";
import { asWireError } from "#client/wire-error";
import type { SentMessage } from "#contracts/chat";
import type { MessageView } from "#contracts/conversation";
import { alongOf } from "./along.ts";
import type { createSession } from "./session.ts";

type Session = Pick<ReturnType<typeof createSession>, "use" | "about">;

/** Sends an entry of the outbox in the topic that it was written in; a topic that a new session does not have yet is made. */
export async function sendEntry(session: Session, entry: OutboxEntry): Promise<SentMessage> {
  const { clientId, text, replyTo, attachments } = entry;
  const { topic, data } = alongOf(entry);
  const ids = attachments?.map(({ id }) => id);
  const body = {
    clientId,
    text,
    ...(replyTo && { replyTo }),
    ...(ids?.length && { attachments: ids }),
    ...(data && { data }),
  };
  const send = () => session.use((sessionId) => session.about(topic).send(sessionId, body));
  try {
    return await send();
  } catch (error) {
    if (topic === general || data !== undefined || asWireError(error).status !== 404) throw error;
    await session.use((sessionId) => session.about(general).openTopic(sessionId, topic));
    return send();
  }
}

/** The message of the log that an entry has become. */
export function messageOf(entry: OutboxEntry, sent: SentMessage): MessageView {
  const { clientId, text, replyTo, attachments } = entry;
  const { data } = alongOf(entry);
  return {
    id: sent.messageId,
    conversationId: sent.conversationId,
    seq: sent.seq,
    author: { kind: "customer" },
    text,
    audience: "all",
    clientId,
    createdAt: sent.createdAt,
    ...(replyTo && { replyTo }),
    ...(attachments && { attachments }),
    ...(data && { data }),
  };
}
