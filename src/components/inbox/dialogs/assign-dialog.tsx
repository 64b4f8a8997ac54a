"use client";

import { Bot, Inbox, Users } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTeams } from "#components/inbox/data/desk-queries.ts";
import { useOperators } from "#components/inbox/data/queries.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SearchList } from "#components/ui/search-list.tsx";
import type { Assignee } from "#contracts/desk-actions";
import type { OperatorView } from "#contracts/operator";

type Props = {
  count: number;
  onAssign: (to: Assignee, operators: OperatorView[]) => void;
  onClose: () => void;
};

type Choice = { key: string; name: string; to: Assignee; picture: ReactNode; note: string };

/** Gives many conversations to one colleague, a team, everybody, or the AI. */
export function AssignDialog({ count, onAssign, onClose }: Props) {
  const [query, setQuery] = useState("");
  const operators = useOperators();
  const choices = useChoices(operators);
  const wanted = query.trim().toLowerCase();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={count === 1 ? "Assign the conversation" : `Assign ${count} conversations`}
      className="max-w-sm"
    >
      <SearchList
        label="To whom"
        placeholder="Name or team…"
        query={query}
        onQuery={setQuery}
        items={choices.filter(({ name }) => name.toLowerCase().includes(wanted))}
        keyOf={({ key }) => key}
        onChoose={({ to }) => {
          onAssign(to, operators);
          onClose();
        }}
        onEscape={onClose}
        className="max-h-80"
        empty="Nobody has this name."
      >
        {({ name, picture, note }) => (
          <>
            {picture}
            <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
              {name}
            </span>
            <span className="text-ink-3 text-xs">{note}</span>
          </>
        )}
      </SearchList>
    </Dialog>
  );
}

const presence = { online: "Online", away: "Away", offline: "Offline" };

function useChoices(operators: OperatorView[]): Choice[] {
  const { me } = useInbox();
  const teams = useTeams().data ?? [];
  const others = operators.filter(({ id }) => id !== me.id);
  return [
    {
      key: "me",
      name: "Me",
      to: { kind: "me" },
      picture: <Avatar name={me.name} image={me.image} />,
      note: "",
    },
    ...others.map(
      ({ id, name, image, status }): Choice => ({
        key: id,
        name,
        to: { kind: "operator", operatorId: id },
        picture: <Avatar name={name} image={image} status={status} />,
        note: presence[status],
      }),
    ),
    ...teams.map(
      ({ id, name }): Choice => ({
        key: id,
        name,
        to: { kind: "team", teamId: id },
        picture: <Sign icon={<Users aria-hidden />} />,
        note: "Team",
      }),
    ),
    {
      key: "queue",
      name: "The queue",
      to: { kind: "queue" },
      picture: <Sign icon={<Inbox aria-hidden />} />,
      note: "Whoever is free",
    },
    {
      key: "ai",
      name: "The AI",
      to: { kind: "ai" },
      picture: <Sign icon={<Bot aria-hidden />} />,
      note: "Answers by itself",
    },
  ];
}

function Sign({ icon }: { icon: ReactNode }) {
  return (
    <span className="flex size-8 shrink-0 items-center justify-center rounded-full bg-sunken text-ink-2 [&_svg]:size-4">
      {icon}
    </span>
  );
}
