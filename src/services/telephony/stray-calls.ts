import type { z } from "zod";
import type { PageQuery } from "#contracts/connections";
import type { StrayCall, StrayCallPage } from "#contracts/telephony";
import { read, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { must, type Who } from "#services/accounts";
import type { CallReport } from "#services/channels";
import type { OpenConnection } from "#services/connections";
import { decodeKeys, encodeKeys } from "#services/conversations";

type Row = Omit<StrayCall, "startedAt" | "receivedAt"> & { startedAt: Date | null; receivedAt: Date };

/** More turns of one call are kept, and not shown in a list. */
const mostShown = 200;

/** Keeps a call that belongs to no customer whom we know, with what was said; the same call twice is one. */
export async function keepStray(
  { companyId, id: connectionId }: OpenConnection,
  report: CallReport,
  reason: string,
  receivedAt: Date,
): Promise<void> {
  const { voiceConversationId, direction, customerNumber: phoneNumber } = report;
  const spoken = report.kind === "spoken" ? report : undefined;
  await withCompany(companyId, (tx) =>
    tx.strayCall.createMany({
      data: {
        id: newId(receivedAt.getTime()),
        companyId,
        connectionId,
        voiceConversationId,
        direction,
        phoneNumber,
        reason,
        startedAt: spoken?.startedAt,
        durationSeconds:
          spoken?.durationSeconds === undefined ? undefined : Math.round(spoken.durationSeconds),
        transcript: (spoken?.turns ?? []).map(({ author, text, at }) => ({
          author,
          text,
          at: at.toISOString(),
        })),
        summary: spoken?.summary,
        receivedAt,
      },
      skipDuplicates: true,
    }),
  );
}

/** Calls that belong to no customer whom we know, newest first. Throws `invalid` for a marker that is none. */
export async function listStrayCalls(
  who: Who,
  { cursor, limit }: z.output<typeof PageQuery>,
): Promise<StrayCallPage> {
  must(who, "connections:read");
  const [at = null, id = null] = cursor === undefined ? [] : decodeKeys(cursor, ["moment", "id"]);
  const rows = await read<Row>(
    who.companyId,
    `SELECT id, connection_id AS "connectionId", voice_conversation_id AS "voiceConversationId", direction,
            phone_number AS "phoneNumber", reason, started_at AS "startedAt", duration_seconds AS "durationSeconds",
            jsonb_path_query_array(transcript, '$[0 to ${mostShown - 1}]') AS transcript, summary, received_at AS "receivedAt"
     FROM stray_call
     WHERE company_id = $1 AND ($2::timestamptz IS NULL OR (received_at, id) < ($2, $3::uuid))
     ORDER BY received_at DESC, id DESC LIMIT $4`,
    [who.companyId, at, id, limit + 1],
  );
  const calls = rows.slice(0, limit).map(viewOf);
  const last = calls.at(-1);
  return { calls, ...(rows.length > limit && last && { next: encodeKeys([last.receivedAt, last.id]) }) };
}

function viewOf({
  direction,
  phoneNumber,
  startedAt,
  durationSeconds,
  summary,
  receivedAt,
  ...rest
}: Row): StrayCall {
  return {
    ...rest,
    direction: direction ?? undefined,
    phoneNumber: phoneNumber ?? undefined,
    startedAt: startedAt?.toISOString(),
    durationSeconds: durationSeconds ?? undefined,
    summary: summary ?? undefined,
    receivedAt: receivedAt.toISOString(),
  };
}
