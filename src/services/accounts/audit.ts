import type { AuditEntry, AuditPage } from "#contracts/admin";
import type { AuditAction } from "#contracts/audit-words";
import { read, type Tx, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import type { Prisma } from "#prisma";
import { must } from "./permissions.ts";
import type { Who } from "./who.ts";

/** Writes into the audit log what is done in this very transaction; secrets and customers' words stay out of `detail`. */
export async function audit(
  tx: Tx,
  who: Who,
  action: AuditAction,
  object?: string,
  detail: Prisma.InputJsonObject = {},
): Promise<void> {
  const actorId = actorIdOf(who);
  await tx.audit.create({
    data: {
      id: newId(),
      companyId: who.companyId,
      actorKind: who.kind,
      action,
      detail,
      ...(actorId === undefined ? {} : { actorId }),
      ...(object === undefined ? {} : { object }),
    },
  });
}

/** Writes into the audit log what a room that keeps none has just done. */
export async function noteInAudit(
  who: Who,
  action: AuditAction,
  object: string,
  detail?: Prisma.InputJsonObject,
): Promise<void> {
  await withCompany(who.companyId, (tx) => audit(tx, who, action, object, detail));
}

/** One page of the audit log, newest first. */
export async function listAudit(
  who: Who,
  query: { cursor?: string | undefined; limit: number },
): Promise<AuditPage> {
  must(who, "audit:read");
  const rows = await read<Row>(
    who.companyId,
    `SELECT a.id, a.actor_kind AS kind, a.actor_id AS "actorId", coalesce(u.name, k.name) AS "actorName",
            a.action, a.object, a.detail, a.created_at AS "createdAt"
     FROM audit a
     LEFT JOIN "user" u ON a.actor_kind = 'operator' AND u.id::text = a.actor_id
     LEFT JOIN api_key k ON a.actor_kind = 'key' AND k.id::text = a.actor_id
     WHERE a.company_id = $1 AND ($2::uuid IS NULL OR (a.created_at, a.id) < (SELECT b.created_at, b.id FROM audit b WHERE b.id = $2))
     ORDER BY a.created_at DESC, a.id DESC LIMIT $3`,
    [who.companyId, cursorId(query.cursor), query.limit + 1],
  );
  const entries = rows.slice(0, query.limit).map(toEntry);
  const last = entries.at(-1);
  return { entries, ...(rows.length > query.limit && last ? { next: last.id } : {}) };
}

type Row = {
  id: string;
  kind: AuditEntry["actor"]["kind"];
  actorId: string | null;
  actorName: string | null;
  action: string;
  object: string | null;
  detail: Record<string, unknown>;
  createdAt: Date;
};

function toEntry(row: Row): AuditEntry {
  return {
    id: row.id,
    actor: {
      kind: row.kind,
      ...(row.actorId === null ? {} : { id: row.actorId }),
      ...(row.actorName === null ? {} : { name: row.actorName }),
    },
    action: row.action,
    ...(row.object === null ? {} : { object: row.object }),
    detail: row.detail,
    createdAt: row.createdAt.toISOString(),
  };
}

function actorIdOf(who: Who): string | undefined {
  switch (who.kind) {
    case "operator":
      return who.userId;
    case "key":
      return who.keyId;
    case "customer":
      return who.contactId;
    case "system":
      return undefined;
  }
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function cursorId(cursor: string | undefined): string | null {
  return cursor !== undefined && uuid.test(cursor) ? cursor : null;
}
