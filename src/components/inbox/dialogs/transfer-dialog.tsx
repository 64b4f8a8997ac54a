"use client";

import { Inbox, Users } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTeams } from "#components/inbox/data/desk-queries.ts";
import { useOperators } from "#components/inbox/data/queries.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import type { Actions } from "#components/inbox/use-actions.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import type { StateView } from "#contracts/conversation";
import type { HandoverBody } from "#contracts/operator";

type Props = { actions: Actions; state: StateView; onClose: () => void };

const order = { online: 0, away: 1, offline: 2 };
const presence = { online: "Online", away: "Away", offline: "Offline" };

const queueNames = {
  WITH_HUMAN: "Back to the queue",
  WAITING_HUMAN: "Everyone in the queue",
  ACTIVE: "Into the queue",
  RESOLVED: "Into the queue",
  ABANDONED: "Into the queue",
};

/** Gives the conversation to a colleague, a team or the queue, with a word on the way. */
export function TransferDialog({ actions, state, onClose }: Props) {
  const { me } = useInbox();
  const operators = useOperators()
    .filter(({ id }) => id !== state.operator?.id)
    .toSorted((a, b) => order[a.status] - order[b.status] || a.name.localeCompare(b.name));
  const teams = useTeams().data ?? [];
  const [target, setTarget] = useState("queue");
  const [note, setNote] = useState("");
  const held = state.state === "WITH_HUMAN";

  async function transfer() {
    if (await actions.transfer(assigneeOf(target), note)) onClose();
  }

  function assigneeOf(value: string): HandoverBody["to"] {
    if (value === "queue") return { kind: "queue" };
    const team = teams.some(({ id }) => id === value);
    return team ? { kind: "team", teamId: value } : { kind: "operator", operatorId: value };
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={held ? "Transfer conversation" : "Give the conversation to…"}
      description="The customer is told who goes on. Your note stays among colleagues."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={actions.busy === "transfer"} onClick={transfer}>
            {held ? "Transfer" : "Give"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <fieldset className="-mx-2 flex max-h-72 flex-col gap-px overflow-y-auto px-0.5">
          <legend className="sr-only">To whom</legend>
          <Choice value="queue" target={target} choose={setTarget}>
            <span className="flex size-8 items-center justify-center rounded-full bg-sunken text-ink-2">
              <Inbox className="size-4" aria-hidden />
            </span>
            <span className="flex-1 font-medium">{queueNames[state.state]}</span>
            <span className="text-ink-3 text-xs">Whoever is free</span>
          </Choice>
          {teams.map(({ id, name, members }) => (
            <Choice key={id} value={id} target={target} choose={setTarget}>
              <span className="flex size-8 items-center justify-center rounded-full bg-sunken text-ink-2">
                <Users className="size-4" aria-hidden />
              </span>
              <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
                {name}
              </span>
              <span className="text-ink-3 text-xs">
                {members.length} {members.length === 1 ? "person" : "people"}
              </span>
            </Choice>
          ))}
          {operators.map(({ id, name, image, status }) => (
            <Choice key={id} value={id} target={target} choose={setTarget}>
              <Avatar name={name} image={image} status={status} />
              <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
                {name}
                {id === me.id ? <span className="font-normal text-ink-3"> (you)</span> : undefined}
              </span>
              <span className="text-ink-3 text-xs">{presence[status]}</span>
            </Choice>
          ))}
        </fieldset>
        <Field label="Note for your colleagues" optional>
          <Textarea
            value={note}
            maxLength={2_000}
            onChange={(event) => setNote(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void transfer();
            }}
          />
        </Field>
      </div>
    </Dialog>
  );
}

type ChoiceProps = { value: string; target: string; choose: (value: string) => void; children: ReactNode };

function Choice({ value, target, choose, children }: ChoiceProps) {
  const chosen = target === value;
  return (
    <label
      className={cn(
        "flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-2 text-sm has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent-ink",
        chosen ? "bg-accent-soft" : "hover:bg-hover",
      )}
    >
      <input
        type="radio"
        name="target"
        value={value}
        checked={chosen}
        onChange={() => choose(value)}
        className="size-4 accent-accent outline-none"
      />
      {children}
    </label>
  );
}
