import type { LeadView } from "#contracts/telephony";
import { read } from "#lib/db";

/** Something that was said or written, by whom, and when. */
export type Remembered = {
  author: "customer" | "agent" | "operator";
  text: string;
  at: string;
  /** It was said on the phone. */
  spoken: boolean;
};

/** What a company knows of a number before anybody says a word. */
export type PhoneMemory = {
  companyName: string;
  lead: (Pick<LeadView, "id" | "status"> & { customerName: string }) | undefined;
  /** What was said so far, in short. */
  summary: string | undefined;
  /** How many messages and spoken turns there are in all. */
  total: number;
  /** The newest of them, oldest first. */
  messages: Remembered[];
};

/** What a voice agent, or the AI, is told of earlier. */
export const remembered = 50;

/**
 * What is known of a number (E.164) in a company, over all its lines, by voice and SMS, in one round trip: a caller waits
 * for it.
 */
export async function phoneMemory(
  companyId: string,
  number: string,
  most = remembered,
): Promise<PhoneMemory> {
  const [row] = await read<Row>(
    companyId,
    `WITH place AS MATERIALIZED (
       SELECT c.id FROM thread t
       JOIN conversation c ON c.company_id = t.company_id AND c.contact_id = t.contact_id AND c.thread_id = t.id
       WHERE t.company_id = $1 AND t.key = $2 AND c.channel = 'sms'
     )
     SELECT (SELECT name FROM company WHERE id = $1) AS "companyName",
            (SELECT jsonb_build_object('id', l.id, 'status', l.status, 'customerName', k.name)
             FROM lead l JOIN contact k ON k.company_id = l.company_id AND k.id = l.contact_id
             WHERE l.company_id = $1 AND l.phone_number = $2) AS lead,
            (SELECT s.text FROM conversation_summary s JOIN place p ON p.id = s.conversation_id
             WHERE s.company_id = $1 ORDER BY s.made_at DESC LIMIT 1) AS summary,
            (SELECT count(*)::int FROM message m JOIN place p ON p.id = m.conversation_id
             WHERE m.audience = 'all' AND m.author_kind <> 'system') AS total,
            (SELECT jsonb_agg(jsonb_build_object('author', said.author_kind, 'text', said.text, 'at', moment_text(said.created_at),
                      'spoken', said.data->>'kind' IS NOT DISTINCT FROM 'spoken') ORDER BY said.created_at, said.seq)
             FROM (SELECT newest.* FROM place p CROSS JOIN LATERAL (
                     SELECT m.author_kind, m.text, m.created_at, m.seq, m.data FROM message m
                     WHERE m.conversation_id = p.id AND m.audience = 'all' AND m.author_kind <> 'system'
                     ORDER BY m.seq DESC LIMIT $3) newest
                   ORDER BY newest.created_at DESC, newest.seq DESC LIMIT $3) said) AS messages`,
    [companyId, number, most],
    { name: "phone_memory" },
  );
  return {
    companyName: row?.companyName ?? "",
    lead: row?.lead ?? undefined,
    summary: row?.summary ?? undefined,
    total: row?.total ?? 0,
    messages: row?.messages ?? [],
  };
}

type Row = {
  companyName: string | null;
  lead: NonNullable<PhoneMemory["lead"]> | null;
  summary: string | null;
  total: number;
  messages: Remembered[] | null;
};
