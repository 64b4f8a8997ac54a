"use client";

import { Bot, ExternalLink, Hand, SendHorizontal, UserRound } from "lucide-react";
import { useState } from "react";
import { asWireError } from "#client/wire-error";
import { newClientId } from "#components/inbox/client-id.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { StateView } from "#contracts/conversation";
import { practice } from "./practice-api.ts";
import type { Lead } from "./use-lead.ts";

type Props = { number: string; lead: Lead };

/** Who speaks with the customer now, and the way to do it oneself: join, write as a person, leave. */
export function ControlCard({ number, lead }: Props) {
  const { state, conversationId } = lead.state;
  const held = state?.state === "WITH_HUMAN";
  const act = useAct();
  return (
    <Card>
      <CardHeader
        title="Human control"
        actions={
          conversationId ? (
            <a
              href={`/inbox/${conversationId}?view=all`}
              className="inline-flex items-center gap-1 text-accent-ink text-xs hover:underline"
            >
              Open in the inbox
              <ExternalLink className="size-3.5" aria-hidden />
            </a>
          ) : undefined
        }
      />
      <CardBody>
        <p role="status" className="flex items-center gap-2 text-ink text-sm">
          <Holder state={state} />
        </p>
        {held ? (
          <>
            <Say number={number} act={act} />
            <Leave number={number} act={act} />
          </>
        ) : (
          <span>
            <Button
              variant="primary"
              busy={act.busy}
              disabled={state === undefined}
              onClick={() => act.run(() => practice.join(number))}
            >
              <Hand aria-hidden />
              Join
            </Button>
          </span>
        )}
      </CardBody>
    </Card>
  );
}

function Holder({ state }: { state: StateView | undefined }) {
  if (state === undefined) return <span className="text-ink-3">Nobody yet: this number is not known.</span>;
  if (state.state === "WITH_HUMAN")
    return (
      <>
        <Badge tone="green">
          <UserRound aria-hidden />A person
        </Badge>
        <bdi>{state.operator?.name ?? "Somebody"} has it. The AI is silent.</bdi>
      </>
    );
  if (state.owner === "queue")
    return (
      <>
        <Badge tone="amber">Queue</Badge>
        The customer waits for a person.
      </>
    );
  return (
    <>
      <Badge>
        <Bot aria-hidden />
        AI
      </Badge>
      {state.owner === "ai" ? "The AI answers." : "Closed. The AI answers when the customer writes again."}
    </>
  );
}

function useAct() {
  const [busy, setBusy] = useState(false);

  /** Does one thing and says whether it was done. */
  async function run(what: () => Promise<unknown>): Promise<boolean> {
    setBusy(true);
    try {
      await what();
      return true;
    } catch (error) {
      toast.error(asWireError(error).message);
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { busy, run };
}

type ActProps = { number: string; act: ReturnType<typeof useAct> };

function Say({ number, act }: ActProps) {
  const [text, setText] = useState("");
  const empty = text.trim() === "";
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={async (event) => {
        event.preventDefault();
        if (empty) return;
        if (await act.run(() => practice.say(number, text.trim(), newClientId()))) setText("");
      }}
    >
      <Field label="Write as a person" className="flex-1">
        <Input dir="auto" value={text} maxLength={1_600} onChange={(event) => setText(event.target.value)} />
      </Field>
      <Button type="submit" variant="primary" disabled={empty} busy={act.busy} focusableWhenDisabled>
        <SendHorizontal className="rtl:-scale-x-100" aria-hidden />
        Send
      </Button>
    </form>
  );
}

function Leave({ number, act }: ActProps) {
  const [summary, setSummary] = useState("");
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void act.run(() => practice.leave(number, summary.trim()));
      }}
    >
      <Field label="What was agreed, for the AI" optional className="flex-1">
        <Input
          dir="auto"
          value={summary}
          maxLength={2_000}
          onChange={(event) => setSummary(event.target.value)}
        />
      </Field>
      <Button type="submit" busy={act.busy}>
        <Bot aria-hidden />
        Leave
      </Button>
    </form>
  );
}
