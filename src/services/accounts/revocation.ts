import { read } from "#lib/db";
import { log } from "#lib/log";
import { once } from "#lib/registry";
import { identityQuery } from "./identity-database.ts";
import type { KeyWho, OperatorWho, Staff } from "./who.ts";

type Watch = { who: Staff; revoked: () => void };

const everyMs = 2_000;
const watches = () =>
  once("accounts.watches", () => ({
    open: new Set<Watch>(),
    timer: undefined as NodeJS.Timeout | undefined,
  }));

/**
 * Calls back once, within five seconds, when someone may no longer see what they were shown: signed out, removed,
 * given another role, or their key revoked or expired. Returns the way to stop watching.
 */
export function onRevoked(who: Staff, revoked: () => void): () => void {
  const all = watches();
  const watch: Watch = { who, revoked };
  all.open.add(watch);
  // One clock and two queries for all streams of the process, however many there are.
  all.timer ??= setInterval(() => void look(), everyMs).unref();
  return () => {
    all.open.delete(watch);
    if (all.open.size > 0 || all.timer === undefined) return;
    clearInterval(all.timer);
    all.timer = undefined;
  };
}

/** Says whether someone recognised earlier may still see what they could see then. */
export async function stillAllowed(who: Staff): Promise<boolean> {
  const good = who.kind === "operator" ? await goodOperators([who]) : await goodKeys([who]);
  return good.has(mark(who));
}

async function look(): Promise<void> {
  const open = [...watches().open];
  try {
    const people = open.flatMap(({ who }) => (who.kind === "operator" ? [who] : []));
    const programs = open.flatMap(({ who }) => (who.kind === "key" ? [who] : []));
    const good = new Set([...(await goodOperators(people)), ...(await goodKeys(programs))]);
    for (const watch of open) {
      if (!good.has(mark(watch.who)) && watches().open.delete(watch)) watch.revoked();
    }
  } catch (error) {
    // The database is away: streams stay open, and the next look decides.
    log.warn({ name: error instanceof Error ? error.name : "unknown" }, "could not look for revocations");
  }
}

async function goodOperators(people: OperatorWho[]): Promise<Set<string>> {
  if (people.length === 0) return new Set();
  const rows = await identityQuery<{ mark: string }>(
    `SELECT concat_ws('/', asked.company, asked.person, asked.role, asked.session) AS mark
     FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])) AS asked (company, person, role, session)
     JOIN member m ON m.company_id = asked.company AND m.user_id = asked.person AND m.role = asked.role
     LEFT JOIN session s ON s.id = asked.session AND s.expires_at > now()
     WHERE asked.session IS NULL OR s.id IS NOT NULL`,
    [
      people.map(({ companyId }) => companyId),
      people.map(({ userId }) => userId),
      people.map(({ role }) => role),
      people.map(({ sessionId }) => sessionId ?? null),
    ],
  );
  return new Set(rows.map(({ mark }) => mark));
}

async function goodKeys(programs: KeyWho[]): Promise<Set<string>> {
  const good = new Set<string>();
  for (const companyId of new Set(programs.map((program) => program.companyId))) {
    const ids = programs.flatMap((program) => (program.companyId === companyId ? [program.keyId] : []));
    const rows = await read<{ id: string }>(
      companyId,
      "SELECT id FROM api_key WHERE id = ANY($1) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())",
      [ids],
    );
    for (const { id } of rows) good.add(`key/${id}`);
  }
  return good;
}

function mark(who: Staff): string {
  if (who.kind === "key") return `key/${who.keyId}`;
  return [who.companyId, who.userId, who.role, who.sessionId].filter((part) => part !== undefined).join("/");
}
