"use client";

import { Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { Input } from "#components/ui/input.tsx";
import { List, ListRow } from "#components/ui/list.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { OperatorDesk, TeamView } from "#contracts/desk";
import { languageName } from "#contracts/language-name";
import { PersonEditor } from "./person-editor.tsx";

type Props = { operators: OperatorDesk[]; teams: TeamView[]; mayEdit: boolean };

/** Everybody who answers, with what routing knows of them. */
export function PeopleCard({ operators, teams, mayEdit }: Props) {
  const router = useRouter();
  const [editing, setEditing] = useState<OperatorDesk>();
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const shown = operators.filter((person) =>
    `${person.name} ${taking(person)}`.toLowerCase().includes(wanted),
  );

  return (
    <Card>
      <CardHeader
        title="Skills, languages and capacity"
        description="What each can take, and how much of it at once."
        actions={
          operators.length > 8 ? (
            <Input
              aria-label="Find somebody by name or skill"
              placeholder="Name or skill…"
              className="w-48"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          ) : undefined
        }
      />
      <List>
        {shown.map((person) => (
          <ListRow
            key={person.id}
            leading={<Avatar name={person.name} image={person.image} status={person.status} />}
            title={<bdi>{person.name}</bdi>}
            description={taking(person)}
            meta={
              <span className="whitespace-nowrap tabular-nums" title="Held now, of how many at once">
                <span className="sr-only">
                  Holds {person.load} of {person.capacity}, {person.status}
                </span>
                <span aria-hidden>
                  {person.load} / {person.capacity}
                </span>
              </span>
            }
            actions={
              mayEdit ? (
                <IconButton
                  label={`Change what ${person.name} can take`}
                  icon={<Pencil aria-hidden />}
                  onClick={() => setEditing(person)}
                />
              ) : undefined
            }
          />
        ))}
      </List>
      {shown.length === 0 ? (
        <p className="px-5 py-8 text-center text-ink-3 text-sm">Nobody has this name or skill.</p>
      ) : undefined}
      {editing ? (
        <PersonEditor
          person={editing}
          teams={teams}
          onSaved={() => {
            toast.success(`What ${editing.name} can take is saved`);
            setEditing(undefined);
            router.refresh();
          }}
          onClose={() => setEditing(undefined)}
        />
      ) : undefined}
    </Card>
  );
}

function taking({ languages, skills, teams }: OperatorDesk): string {
  const said = [
    skills.map(({ name, level }) => `${name} ${level}`).join(", "),
    languages.map(languageName).join(", "),
    teams.map(({ name }) => name).join(", "),
  ].filter((words) => words !== "");
  return said.length === 0 ? "Anything, in any language" : said.join(" · ");
}
