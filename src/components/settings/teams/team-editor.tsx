"use client";

import { callApi } from "#components/settings/call-api.ts";
import { EditorDialog } from "#components/settings/editor-dialog.tsx";
import { useForm } from "#components/settings/use-form.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { OperatorDesk, TeamView } from "#contracts/desk";
import { CheckList } from "./check-list.tsx";

export type HoursChoice = { id: string; name: string; isDefault: boolean };

type Values = { name: string; scheduleId: string | null; members: string[] };

type Props = {
  /** What is changed; absent where a new one is made. */
  team?: TeamView | undefined;
  operators: OperatorDesk[];
  hours: HoursChoice[];
  onSaved: (team: TeamView) => void;
  onClose: () => void;
};

const company = "company";

/** Makes a team, or changes one: its name, its people and its hours. */
export function TeamEditor({ team, operators, hours, onSaved, onClose }: Props) {
  const form = useForm<Values>(valuesOf(team));
  const { values, set, errorOf, dirty, submit } = form;

  async function save() {
    const path = team ? `/api/admin/teams/${team.id}` : "/api/admin/teams";
    const saved = await submit((body) => callApi<TeamView>(team ? "PATCH" : "POST", path, body));
    if (saved) onSaved(saved);
  }

  return (
    <EditorDialog
      title={team ? `Change ${team.name}` : "New team"}
      description="Rules and people can send conversations to it."
      form={form}
      action={team ? "Save" : "Make team"}
      disabled={team !== undefined && !dirty}
      onSave={save}
      onClose={onClose}
    >
      <Field label="Name" error={errorOf("name")}>
        <Input
          dir="auto"
          value={values.name}
          maxLength={60}
          placeholder="Billing"
          autoComplete="off"
          onChange={(event) => set("name", event.target.value)}
        />
      </Field>
      <Field
        label="Hours"
        description="When customers of this team are told that somebody is there."
        error={errorOf("scheduleId")}
      >
        <Select
          items={[
            { value: company, label: "The company's hours" },
            ...hours.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={values.scheduleId ?? company}
          onValueChange={(value) => set("scheduleId", value === company ? null : value)}
        />
      </Field>
      <CheckList
        label="People"
        item="person"
        choices={operators.map(({ id, name, image }) => ({
          id,
          name,
          leading: <Avatar name={name} image={image} size="sm" />,
        }))}
        chosen={values.members}
        empty="Invite people under Members first."
        onChange={(members) => set("members", members)}
      />
      {team !== undefined && team.members.length > 0 && values.members.length === 0 ? (
        <Callout tone="warning">
          Nobody would be left in this team. {waitingWords(team.waiting)} everyone instead.
        </Callout>
      ) : undefined}
    </EditorDialog>
  );
}

function waitingWords(waiting: number): string {
  if (waiting === 0) return "What is sent to it is offered to";
  return waiting === 1
    ? "The conversation that waits for it goes to"
    : `The ${waiting} conversations that wait for it go to`;
}

function valuesOf(team: TeamView | undefined): Values {
  return {
    name: team?.name ?? "",
    scheduleId: team?.scheduleId ?? null,
    members: team?.members.map(({ id }) => id) ?? [],
  };
}
