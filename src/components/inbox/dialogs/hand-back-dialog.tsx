"use client";

import { Bot } from "lucide-react";
import { useState } from "react";
import type { Actions } from "#components/inbox/use-actions.ts";
import { WordsField } from "#components/settings/words-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";

type Props = { actions: Actions; agentName: string; onClose: () => void };

const mostTopics = 10;

/** Gives the conversation back to the assistant, with what was agreed and what it may help with. */
export function HandBackDialog({ actions, agentName, onClose }: Props) {
  const [note, setNote] = useState("");
  const [limited, setLimited] = useState(false);
  const [topics, setTopics] = useState<string[]>([]);
  const incomplete = limited && topics.length === 0;

  async function handBack() {
    if (incomplete) return;
    if (await actions.handBack({ note, topics: limited ? topics : [] })) onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Hand back to ${agentName}`}
      description="The assistant answers from the next message on. It knows what you wrote here, and keeps to what you promised."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={actions.busy === "handBack"}
            disabled={incomplete}
            onClick={handBack}
          >
            <Bot aria-hidden />
            Hand back
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field
          label="Note"
          optional
          description="What was agreed, for the assistant and your colleagues. The assistant may tell the customer."
        >
          <Textarea
            value={note}
            maxLength={2_000}
            onChange={(event) => setNote(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) handBack();
            }}
          />
        </Field>
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 font-medium text-sm">The assistant helps with</legend>
          <Reach checked={!limited} onChoose={() => setLimited(false)} label="Anything">
            If it cannot help, the next free colleague goes on.
          </Reach>
          <Reach checked={limited} onChoose={() => setLimited(true)} label="These topics only">
            Anything else comes back to you while you are online, or waits in the queue.
          </Reach>
        </fieldset>
        {limited ? (
          <WordsField
            label="Topics"
            values={topics}
            disabled={false}
            onChange={(next) => setTopics(next.map((topic) => topic.slice(0, 200)).slice(0, mostTopics))}
          />
        ) : undefined}
      </div>
    </Dialog>
  );
}

type ReachProps = { checked: boolean; onChoose: () => void; label: string; children: string };

function Reach({ checked, onChoose, label, children }: ReachProps) {
  return (
    <label
      className={cn(
        "-mx-2 flex min-h-11 cursor-pointer items-start gap-3 rounded-lg px-2 py-1.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent-ink has-focus-visible:-outline-offset-2",
        checked ? "bg-accent-soft" : "hover:bg-hover",
      )}
    >
      <input
        type="radio"
        name="reach"
        checked={checked}
        onChange={onChoose}
        className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
      />
      <span>
        <span className="block font-medium">{label}</span>
        <span className="block text-ink-3 text-xs">{children}</span>
      </span>
    </label>
  );
}
