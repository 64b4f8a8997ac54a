import type { Thread } from "#contracts/channel";
import { read } from "#lib/db";
import { log } from "#lib/log";
import { outsideOf } from "#services/channels";
import { type OpenConnection, openConnection } from "#services/connections";
import type { ConversationRecord } from "#services/conversations";

/** Platforms show typing for some seconds only; it is told again so often while an answer is being made. */
const again = 4_000;
const longest = 60_000;

type Place = { connection: OpenConnection; thread: Thread; lastExternalId: string | null };

/** Shows the customer on their platform that someone is at work, until the function that it answers is called. */
export function startTyping(conversation: Pick<ConversationRecord, "companyId" | "threadId">): () => void {
  const { companyId, threadId } = conversation;
  if (threadId === undefined) return () => undefined;
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  const began = Date.now();
  const tell = async ({ connection, thread }: Place): Promise<void> => {
    if (over || Date.now() - began > longest) return;
    await connection.adapter.typing?.(thread, connection.config, outsideOf(connection.channel));
    timer = setTimeout(() => quietly(tell({ connection, thread, lastExternalId: null })), again).unref();
  };
  quietly(
    placeOf(companyId, threadId).then((place) =>
      place?.connection.adapter.can.typing ? tell(place) : undefined,
    ),
  );
  return () => {
    over = true;
    clearTimeout(timer);
  };
}

/** Shows it once, for as long as the platform shows it. */
export function showTyping({
  companyId,
  threadId,
}: Pick<ConversationRecord, "companyId" | "threadId">): void {
  if (threadId === undefined) return;
  const tell = async () => {
    const place = await placeOf(companyId, threadId);
    if (place === undefined || !place.connection.adapter.can.typing) return;
    const { connection, thread } = place;
    await connection.adapter.typing?.(thread, connection.config, outsideOf(connection.channel));
  };
  quietly(tell());
}

/** Shows the customer on their platform that their newest words were read. */
export function showRead(conversation: Pick<ConversationRecord, "companyId" | "threadId">): void {
  const { companyId, threadId } = conversation;
  if (threadId === undefined) return;
  const mark = async () => {
    const place = await placeOf(companyId, threadId);
    if (place?.lastExternalId == null || !place.connection.adapter.can.read) return;
    const { connection, thread, lastExternalId } = place;
    await connection.adapter.markRead?.(
      thread,
      lastExternalId,
      connection.config,
      outsideOf(connection.channel),
    );
  };
  quietly(mark());
}

async function placeOf(companyId: string, threadId: string): Promise<Place | undefined> {
  const [row] = await read<Thread & { connectionId: string; lastExternalId: string | null }>(
    companyId,
    `SELECT key, kind, address, connection_id AS "connectionId", last_external_id AS "lastExternalId" FROM thread
     WHERE company_id = $1 AND id = $2`,
    [companyId, threadId],
  );
  if (row === undefined) return undefined;
  const { connectionId, lastExternalId, ...thread } = row;
  return { connection: await openConnection(companyId, connectionId), thread, lastExternalId };
}

// A sign is a courtesy: whether it arrives changes nothing.
function quietly(work: Promise<unknown>): void {
  work.catch((error: unknown) => log.debug({ err: error }, "A sign could not be shown on the platform"));
}
