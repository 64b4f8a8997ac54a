"use client";

import { callApi } from "#components/settings/call-api.ts";
import { EditorDialog } from "#components/settings/editor-dialog.tsx";
import { NumberField } from "#components/settings/number-field.tsx";
import { useForm } from "#components/settings/use-form.ts";
import type { OperatorDesk, OperatorDeskBody, TeamView } from "#contracts/desk";
import { CheckList } from "./check-list.tsx";
import { LanguageField } from "./language-field.tsx";
import { SkillFields } from "./skill-fields.tsx";

type Values = Required<OperatorDeskBody>;

type Props = { person: OperatorDesk; teams: TeamView[]; onSaved: () => void; onClose: () => void };

/** What one operator can take: how much at once, in which languages, about what, for which teams. */
export function PersonEditor({ person, teams, onSaved, onClose }: Props) {
  const form = useForm<Values>(valuesOf(person));
  const { values, set, errorOf, dirty, submit } = form;

  async function save() {
    const saved = await submit(({ skills, teamIds, ...body }) =>
      callApi<OperatorDesk>("PUT", `/api/admin/operators/${person.id}`, {
        ...body,
        // Teams that were not touched here stay as they are by now, and not as they were when this was opened.
        ...(sameTeams(teamIds, person) ? {} : { teamIds }),
        // A line that was added and left empty is no skill.
        skills: skills.filter(({ name }) => name.trim() !== ""),
      }),
    );
    if (saved) onSaved();
  }

  return (
    <EditorDialog
      title={`What ${person.name} can take`}
      description="Routing gives conversations to who fits best and has room."
      className="max-w-lg"
      form={form}
      disabled={!dirty}
      onSave={save}
      onClose={onClose}
    >
      <div className="flex flex-col gap-1.5">
        <NumberField
          label="At once"
          value={values.capacity}
          min={0}
          max={100}
          step={1}
          disabled={false}
          onChange={(capacity) => set("capacity", Math.round(capacity))}
        />
        <p className="text-ink-3 text-xs">{roomWords(values.capacity, person.load)}</p>
      </div>
      <LanguageField values={values.languages} onChange={(languages) => set("languages", languages)} />
      <SkillFields
        skills={values.skills}
        error={errorOf("skills")}
        onChange={(skills) => set("skills", skills)}
      />
      <CheckList
        label="Teams"
        item="team"
        choices={teams.map(({ id, name }) => ({ id, name }))}
        chosen={values.teamIds}
        empty="There are no teams yet."
        onChange={(teamIds) => set("teamIds", teamIds)}
      />
    </EditorDialog>
  );
}

function sameTeams(teamIds: string[], { teams }: OperatorDesk): boolean {
  return teamIds.length === teams.length && teams.every(({ id }) => teamIds.includes(id));
}

function roomWords(capacity: number, load: number): string {
  const holds = load === 0 ? "Holds none now" : `Holds ${load} now`;
  if (capacity === 0) return `${holds}. Nothing is given to them; they can still claim.`;
  if (load > capacity)
    return `${holds}, which is more: they keep those and are given no others until there is room.`;
  return `${holds}. Conversations that are snoozed do not count.`;
}

function valuesOf({ capacity, languages, skills, teams }: OperatorDesk): Values {
  return { capacity, languages, skills, teamIds: teams.map(({ id }) => id) };
}
