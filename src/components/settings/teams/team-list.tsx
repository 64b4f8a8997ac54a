"use client";

import { Pencil, Plus, Trash2, UsersRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { ConfirmButton } from "#components/settings/confirm-button.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { List, ListRow } from "#components/ui/list.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { OperatorDesk, TeamView } from "#contracts/desk";
import { type HoursChoice, TeamEditor } from "./team-editor.tsx";

type Props = { teams: TeamView[]; operators: OperatorDesk[]; hours: HoursChoice[]; mayEdit: boolean };

/** The teams of a company, each with its people, its hours and what it has to do. */
export function TeamList({ teams, operators, hours, mayEdit }: Props) {
  const router = useRouter();
  const [editing, setEditing] = useState<{ team?: TeamView }>();
  const create = mayEdit ? (
    <Button onClick={() => setEditing({})}>
      <Plus aria-hidden />
      New team
    </Button>
  ) : undefined;

  return (
    <Card>
      <CardHeader
        title="Teams"
        description="Who is asked together."
        actions={teams.length > 0 ? create : undefined}
      />
      {teams.length === 0 ? (
        <EmptyState icon={<UsersRound />} title="No teams yet" action={create}>
          Without teams every conversation is everybody's, which suits a small company well.
        </EmptyState>
      ) : undefined}
      <List>
        {teams.map((team) => (
          <TeamRow
            key={team.id}
            team={team}
            hours={hours.find(({ id }) => id === team.scheduleId)?.name}
            mayEdit={mayEdit}
            onEdit={() => setEditing({ team })}
            onRemoved={() => {
              toast.success(`${team.name} was removed`);
              router.refresh();
            }}
          />
        ))}
      </List>
      {editing ? (
        <TeamEditor
          team={editing.team}
          operators={operators}
          hours={hours}
          onSaved={({ name }) => {
            setEditing(undefined);
            toast.success(`${name} is saved`);
            router.refresh();
          }}
          onClose={() => setEditing(undefined)}
        />
      ) : undefined}
    </Card>
  );
}

type RowProps = {
  team: TeamView;
  hours: string | undefined;
  mayEdit: boolean;
  onEdit: () => void;
  onRemoved: () => void;
};

function TeamRow({ team, hours, mayEdit, onEdit, onRemoved }: RowProps) {
  const { id, name, members, waiting, open, warning } = team;
  return (
    <ListRow
      title={<bdi>{name}</bdi>}
      description={
        warning ? (
          <span className="whitespace-normal text-amber-ink">{warning}</span>
        ) : (
          [people(members.map((member) => member.name)), hours].filter(Boolean).join(" · ")
        )
      }
      meta={
        <>
          <span aria-hidden className="hidden gap-0.5 sm:flex">
            {members.slice(0, 4).map((member) => (
              <Avatar key={member.id} name={member.name} image={member.image} size="sm" />
            ))}
          </span>
          {waiting > 0 ? <Badge tone="amber">{waiting} waiting</Badge> : undefined}
          <span className="hidden whitespace-nowrap tabular-nums sm:inline">{open} open</span>
        </>
      }
      actions={
        mayEdit ? (
          <>
            <IconButton label={`Change ${name}`} icon={<Pencil aria-hidden />} onClick={onEdit} />
            <ConfirmButton
              trigger={<IconButton label={`Remove ${name}`} icon={<Trash2 aria-hidden />} />}
              title={`Remove ${name}?`}
              action="Remove team"
              run={() => callApi("DELETE", `/api/admin/teams/${id}`)}
              onDone={onRemoved}
            >
              {heldWords(team)} Its people stay members of the company. Service levels and steps of routing
              that name it pass it over.
            </ConfirmButton>
          </>
        ) : undefined
      }
    />
  );
}

/** What becomes of the conversations of a team that goes. */
function heldWords({ open }: TeamView): string {
  if (open === 0) return "No conversation is with it now.";
  if (open === 1)
    return "Its one open conversation stays with who has it, or in line, and is everyone's from now on.";
  return `Its ${open} open conversations stay with who has them, or in line, and are everyone's from now on.`;
}

function people(names: string[]): string {
  if (names.length <= 3) return names.join(", ");
  return `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}
