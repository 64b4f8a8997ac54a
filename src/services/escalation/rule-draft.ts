import { type RuleSet, Rules, RuleWords } from "#contracts/escalation";
import type { PublishDraftBody, RuleDraft, SaveDraftBody } from "#contracts/rules";
import { read, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { knownTeams } from "./known-teams.ts";
import { changesBetween } from "./rule-changes.ts";
import { warningsOf } from "./rule-warnings.ts";
import { currentRules, type Publisher, storeVersion } from "./stored-rules.ts";

/** A company's draft with what it changes and what looks wrong in it; the published rules where none was begun. */
export async function ruleDraft(companyId: string): Promise<RuleDraft> {
  const [published, rows, teams] = await Promise.all([
    currentRules(companyId),
    read<DraftRow>(
      companyId,
      `SELECT d.rules, d.words, d.revision, d.based_on, d.updated_at, d.updated_by, u.name AS editor
       FROM rule_draft d LEFT JOIN "user" u ON u.id = d.updated_by WHERE d.company_id = $1`,
      [companyId],
    ),
    knownTeams(companyId),
  ]);
  const row = rows[0];
  const set =
    row === undefined ? published : { rules: Rules.parse(row.rules), words: RuleWords.parse(row.words) };
  return {
    rules: set.rules,
    words: set.words,
    saved: row !== undefined,
    revision: row?.revision ?? 0,
    basedOn: row?.based_on ?? published.version,
    published: published.version,
    updatedBy: row && authorOf(row.updated_by, row.editor),
    updatedAt: row?.updated_at.toISOString(),
    changes: changesBetween(published, set, { teams }),
    warnings: warningsOf(set.rules, new Set(teams.keys())),
  };
}

/**
 * Saves the draft that was made on a revision; 0 begins one. Throws `conflict` if somebody saved another meanwhile,
 * `invalid` if it claims to be based on a version that was never published.
 */
export async function saveDraft(who: Publisher, body: SaveDraftBody, now = new Date()): Promise<RuleDraft> {
  const { version } = await currentRules(who.companyId);
  if (body.basedOn > version) {
    throw new AppError("invalid", `There is no version ${body.basedOn}: the newest is ${version}.`);
  }
  await withCompany(who.companyId, async (tx) => {
    const draft = {
      rules: body.rules,
      words: body.words,
      basedOn: body.basedOn,
      updatedBy: who.userId ?? null,
      updatedAt: now,
    };
    const { companyId } = who;
    const { count } =
      body.revision === 0
        ? await tx.ruleDraft.createMany({
            data: { companyId, revision: 1, ...draft },
            skipDuplicates: true,
          })
        : await tx.ruleDraft.updateMany({
            where: { companyId, revision: body.revision },
            data: { ...draft, revision: body.revision + 1 },
          });
    if (count === 0) throw editedMeanwhile();
  });
  return ruleDraft(who.companyId);
}

/** Throws the draft away. Throws `conflict` if somebody saved another meanwhile. */
export async function discardDraft(who: Publisher, revision: number): Promise<RuleDraft> {
  const { companyId } = who;
  await withCompany(companyId, async (tx) => {
    const { count } = await tx.ruleDraft.deleteMany({ where: { companyId, revision } });
    if (count === 0 && revision > 0) throw editedMeanwhile();
  });
  return ruleDraft(companyId);
}

/**
 * Publishes the draft as the next version. Throws `conflict` if it is not the newest revision any more, or if another
 * version was published after it was begun, and `not_found` where there is none.
 */
export async function publishDraft(
  who: Publisher,
  { revision, note }: PublishDraftBody,
  now = new Date(),
): Promise<RuleSet> {
  const { companyId } = who;
  const { version } = await currentRules(companyId);
  return withCompany(companyId, async (tx) => {
    const draft = await tx.ruleDraft.findUnique({ where: { companyId } });
    if (draft === null) throw new AppError("not_found", "There is no draft to publish.");
    const { count } = await tx.ruleDraft.deleteMany({ where: { companyId, revision } });
    if (count === 0) throw editedMeanwhile();
    if (draft.basedOn !== version) throw outdated(version);
    const rules = Rules.parse(draft.rules);
    const next = { version: version + 1, rules, words: RuleWords.parse(draft.words) };
    await storeVersion(tx, who, next, note, now);
    return next;
  });
}

type DraftRow = {
  rules: unknown;
  words: unknown;
  revision: number;
  based_on: number;
  updated_at: Date;
  updated_by: string | null;
  editor: string | null;
};

/** Who wrote something, where a person did. */
export function authorOf(id: string | null, name: string | null): { id: string; name: string } | undefined {
  return id === null ? undefined : { id, name: name ?? "A former colleague" };
}

function editedMeanwhile(): AppError {
  return new AppError(
    "conflict",
    "Somebody else changed the draft in the meantime. Reload to see theirs; yours is not saved.",
  );
}

function outdated(version: number): AppError {
  return new AppError(
    "conflict",
    `Version ${version} was published after this draft was begun. Look at what it changed, and save the draft on top of it.`,
    { details: { published: version } },
  );
}
