"use client";

import { useEffect, useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Assumed, TestedRules, TestRulesBody } from "#contracts/rules";
import { AssumedFields } from "./assumed-fields.tsx";
import { ConversationPicker, type Picked } from "./conversation-picker.tsx";
import { TestedTurns } from "./tested-turns.tsx";
import type { Draft } from "./use-draft.ts";

const afterTyping = 350;

type Kind = "text" | "conversation";
type Tried = "page" | "published";

const kinds: { value: Kind; label: string }[] = [
  { value: "text", label: "A message I type" },
  { value: "conversation", label: "A real conversation" },
];
const sets: { value: Tried; label: string }[] = [
  { value: "page", label: "The draft" },
  { value: "published", label: "The published rules" },
];

/** Tries rules on a message or on a real conversation: which fire, which do not, and by how much they missed. */
export function TestBox({ draft }: { draft: Draft }) {
  const [kind, setKind] = useState<Kind>("text");
  const [tried, setTried] = useState<Tried>("page");
  const [text, setText] = useState(
    "This is the third time I ask: where is my order? I want to talk to a person.",
  );
  const [picked, setPicked] = useState<Picked>();
  const [assume, setAssume] = useState<Assumed>({});
  const on = kind === "text" ? asText(text, assume) : asConversation(picked?.id);
  const body = on && { rules: tried === "page" ? draft.rules : ("published" as const), on };
  const { answer, problem, busy } = useTest(body);

  return (
    <Card>
      <CardHeader title="Test box" description="Nothing is stored, and nobody is called." />
      <CardBody>
        <div className="flex flex-wrap gap-4">
          <Field label="Try" className="w-52">
            <Select items={kinds} value={kind} onValueChange={setKind} />
          </Field>
          <Field label="Under" className="w-52">
            <Select items={sets} value={tried} onValueChange={setTried} />
          </Field>
        </div>
        {kind === "text" ? (
          <>
            <Field label="The customer writes">
              <Textarea
                rows={3}
                dir="auto"
                maxLength={8_000}
                value={text}
                onChange={({ target }) => setText(target.value)}
              />
            </Field>
            <AssumedFields assumed={assume} onChange={setAssume} />
          </>
        ) : (
          <ConversationPicker picked={picked} onPick={setPicked} />
        )}
      </CardBody>
      <div aria-live="polite" aria-busy={busy} className="border-line border-t px-5 py-4">
        {problem ? <Callout tone="bad">{problem}</Callout> : undefined}
        {answer ? <TestedTurns tested={answer} /> : undefined}
        {!answer && !problem && body ? <Skeleton className="h-24" /> : undefined}
        {body ? undefined : (
          <p className="text-ink-3 text-sm">
            {kind === "text"
              ? "Type a message to see what the rules make of it."
              : "Choose a conversation to see what the rules make of it."}
          </p>
        )}
      </div>
    </Card>
  );
}

function asText(text: string, assume: Assumed): TestRulesBody["on"] | undefined {
  return text.trim() === "" ? undefined : { kind: "text", text, assume };
}

function asConversation(conversationId: string | undefined): TestRulesBody["on"] | undefined {
  return conversationId === undefined ? undefined : { kind: "conversation", conversationId };
}

/** Asks again a moment after each change; an answer that was overtaken is dropped. */
function useTest(body: TestRulesBody | undefined) {
  const [found, setFound] = useState<{ answer?: TestedRules; problem?: string }>({});
  const [busy, setBusy] = useState(false);
  const asked = body === undefined ? undefined : JSON.stringify(body);
  useEffect(() => {
    if (asked === undefined) {
      setFound({});
      return;
    }
    let overtaken = false;
    const timer = setTimeout(async () => {
      setBusy(true);
      const outcome = await callApi<TestedRules>("POST", "/api/admin/rules/test", JSON.parse(asked));
      if (overtaken) return;
      setBusy(false);
      setFound(outcome.ok ? { answer: outcome.data } : { problem: outcome.message });
    }, afterTyping);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  }, [asked]);
  return { ...found, busy };
}
