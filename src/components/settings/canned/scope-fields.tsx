"use client";

import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import type { Visibility } from "#contracts/desk-tools";

export type Team = { id: string; name: string };

type Props = {
  visibility: Visibility;
  teamId: string | undefined;
  teams: Team[];
  onVisibility: (visibility: Visibility) => void;
  onTeam: (teamId: string | undefined) => void;
};

const everyone = "everyone";

const visibilities = [
  { value: "shared", label: "Everybody" },
  { value: "personal", label: "Only me" },
] as const;

/** Who can use it: everybody, one team first of all, or only its writer. */
export function ScopeFields({ visibility, teamId, teams, onVisibility, onTeam }: Props) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Who can use it">
        <Select
          className="w-full"
          items={[...visibilities]}
          value={visibility}
          onValueChange={(value: Visibility) => onVisibility(value)}
        />
      </Field>
      {visibility === "shared" && teams.length > 0 ? (
        <Field label="Made for">
          <Select
            className="w-full"
            items={[
              { value: everyone, label: "All teams" },
              ...teams.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={teamId ?? everyone}
            onValueChange={(value) => onTeam(value === everyone ? undefined : value)}
          />
        </Field>
      ) : undefined}
    </div>
  );
}
