"use client";

import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { Trigger } from "#contracts/escalation";
import { triggerNames } from "#contracts/rule-words";
import type { Draft } from "./use-draft.ts";

type Step = "offer" | "escalate";

/** What the customer is told, per reason, as a person is offered and as one is called. */
export function WordsCard({ draft, mayEdit }: { draft: Draft; mayEdit: boolean }) {
  const { words } = draft;

  function put(trigger: Trigger, step: Step, text: string) {
    const { [step]: _, ...other } = words[trigger] ?? {};
    const said = text.trim() === "" ? other : { ...other, [step]: text };
    const { [trigger]: __, ...rest } = words;
    draft.changeWords(Object.keys(said).length === 0 ? rest : { ...rest, [trigger]: said });
  }

  return (
    <Card>
      <CardHeader
        title="What customers are told"
        description="Left empty, Baton says it in its own words. {position} stands for the place in line."
      />
      <ul className="divide-y divide-line">
        {Trigger.options.map((trigger) => (
          <li key={trigger}>
            <CardBody>
              <h3 className="font-medium text-ink text-sm">{triggerNames[trigger]}</h3>
              <div className="grid gap-4 sm:grid-cols-2">
                {trigger === "manual" || trigger === "ai_failure" ? undefined : (
                  <Words
                    label="When a person is offered"
                    value={words[trigger]?.offer}
                    disabled={!mayEdit}
                    onChange={(text) => put(trigger, "offer", text)}
                  />
                )}
                <Words
                  label="When a person is called"
                  value={words[trigger]?.escalate}
                  disabled={!mayEdit}
                  onChange={(text) => put(trigger, "escalate", text)}
                />
              </div>
            </CardBody>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Words(props: {
  label: string;
  value: string | undefined;
  disabled: boolean;
  onChange: (text: string) => void;
}) {
  return (
    <Field label={props.label}>
      <Textarea
        rows={3}
        maxLength={500}
        dir="auto"
        placeholder="Baton’s own words"
        value={props.value ?? ""}
        disabled={props.disabled}
        onChange={({ target }) => props.onChange(target.value)}
      />
    </Field>
  );
}
