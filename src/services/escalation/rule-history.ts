import { RuleSet } from "#contracts/escalation";
import type { RuleDraft, RuleHistory, RuleVersion, RuleVersionDetail } from "#contracts/rules";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { defaultRules } from "./default-rules.ts";
import { knownTeams } from "./known-teams.ts";
import { changesBetween } from "./rule-changes.ts";
import { authorOf, ruleDraft, saveDraft } from "./rule-draft.ts";
import { currentRules, type Publisher } from "./stored-rules.ts";

/** One page of the published versions, newest first; the first version is what every company begins with. */
export async function ruleHistory(
  companyId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<RuleHistory> {
  const before = Number(cursor);
  const rows = await versions(companyId, {
    where: "r.version < $2",
    value: Number.isInteger(before) && before > 0 ? before : 2_147_483_647,
    limit: limit + 1,
  });
  const { version: current } = await currentRules(companyId);
  const all = rows.map((row) => entry(row, current));
  if (rows.length <= limit && rows.at(-1)?.version !== FIRST && !(before <= FIRST)) all.push(first(current));
  const page = all.slice(0, limit);
  const last = page.at(-1);
  return { versions: page, ...(all.length > limit && last && { next: String(last.version) }) };
}

/** One version whole, and what changed to it from another. Throws `not_found` for one that was never published. */
export async function ruleVersion(
  companyId: string,
  version: number,
  against: "current" | "previous" | "draft" | number,
): Promise<RuleVersionDetail> {
  const [found, current, teams] = await Promise.all([
    findVersion(companyId, version),
    currentRules(companyId),
    knownTeams(companyId),
  ]);
  const other = await otherSide(companyId, { version, against, current });
  return {
    ...(found.row === undefined ? first(current.version) : entry(found.row, current.version)),
    set: found.set,
    against: other.name,
    changes: changesBetween(other.set, found.set, { teams }),
  };
}

/** Copies a version into the draft. Throws `not_found`, or `conflict` if somebody saved another draft meanwhile. */
export async function restoreVersion(who: Publisher, version: number, revision: number): Promise<RuleDraft> {
  const [{ set }, current] = await Promise.all([
    findVersion(who.companyId, version),
    currentRules(who.companyId),
  ]);
  return saveDraft(who, { rules: set.rules, words: set.words, revision, basedOn: current.version });
}

// The rules that every company begins with are the first version, and stand in no row.
const FIRST = 1;

type VersionRow = {
  version: number;
  rules: unknown;
  words: unknown;
  note: string | null;
  created_by: string | null;
  author: string | null;
  created_at: Date;
};

async function versions(
  companyId: string,
  { where, value, limit }: { where: string; value: number; limit: number },
): Promise<VersionRow[]> {
  return read<VersionRow>(
    companyId,
    `SELECT r.version, r.rules, r.words, r.note, r.created_by, u.name AS author, r.created_at
     FROM rule_set r LEFT JOIN "user" u ON u.id = r.created_by
     WHERE r.company_id = $1 AND ${where} ORDER BY r.version DESC LIMIT $3`,
    [companyId, value, limit],
  );
}

async function findVersion(
  companyId: string,
  version: number,
): Promise<{ row: VersionRow | undefined; set: RuleSet }> {
  const [row] = await versions(companyId, { where: "r.version = $2", value: version, limit: 1 });
  if (row !== undefined) return { row, set: RuleSet.parse(row) };
  if (version !== FIRST) throw new AppError("not_found", `There is no version ${version} of the rules.`);
  return { row: undefined, set: defaultRules() };
}

async function otherSide(
  companyId: string,
  { version, against, current }: { version: number; against: string | number; current: RuleSet },
): Promise<{ name: "draft" | number; set: Pick<RuleSet, "rules" | "words"> }> {
  if (against === "draft") return { name: "draft", set: await ruleDraft(companyId) };
  if (against === "current") return { name: current.version, set: current };
  const number = against === "previous" ? Math.max(FIRST, version - 1) : Number(against);
  return { name: number, set: (await findVersion(companyId, number)).set };
}

function entry(row: VersionRow, current: number): RuleVersion {
  const { version, rules } = RuleSet.parse(row);
  const by = authorOf(row.created_by, row.author);
  return {
    version,
    current: version === current,
    publishedAt: row.created_at.toISOString(),
    ...(by && { by }),
    ...(row.note !== null && { note: row.note }),
    rules: rules.length,
    enabled: rules.filter((rule) => rule.enabled).length,
  };
}

function first(current: number): RuleVersion {
  const { rules } = defaultRules();
  return {
    version: FIRST,
    current: current === FIRST,
    rules: rules.length,
    enabled: rules.filter((rule) => rule.enabled).length,
  };
}
