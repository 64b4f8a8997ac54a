"use client";

import { RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { EscalationRule, RuleSet } from "#contracts/escalation";
import { callApi } from "./call-api.ts";
import { RuleCard } from "./rule-card.tsx";
import { SaveBar } from "./save-bar.tsx";
import { useForm } from "./use-form.ts";

type Props = { current: RuleSet; defaults: EscalationRule[]; mayEdit: boolean };

/** All rules of a company, looked at from top to bottom; published together as one version. */
export function RulesForm({ current, defaults, mayEdit }: Props) {
  const router = useRouter();
  const form = useForm({ rules: inOrder(current.rules) });
  const { rules } = form.values;

  async function publish() {
    const saved = await form.submit((values) =>
      callApi<RuleSet>("PUT", "/api/admin/rules", { ...values, basedOn: current.version }),
    );
    if (saved === undefined) return;
    toast.success(`Published as version ${saved.version}. It holds from the next message on.`);
    router.refresh();
  }

  return (
    <Card>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void publish();
        }}
      >
        <CardHeader
          title={`Version ${current.version}`}
          description="From top to bottom; the first that fires decides."
          actions={
            mayEdit ? (
              <Button onClick={() => form.set("rules", inOrder(defaults))}>
                <RotateCcw aria-hidden />
                Defaults
              </Button>
            ) : undefined
          }
        />
        <ul className="divide-y divide-line">
          {rules.map((rule, index) => (
            <RuleCard
              key={rule.id}
              rule={rule}
              disabled={!mayEdit}
              error={form.errorAt(`rules.${index}`)}
              onChange={(changed) => form.set("rules", rules.with(index, changed))}
            />
          ))}
        </ul>
        {mayEdit ? (
          <SaveBar
            dirty={form.dirty}
            busy={form.busy}
            problem={form.problem}
            label="Publish"
            onDiscard={() => form.reset()}
          />
        ) : undefined}
      </form>
    </Card>
  );
}

function inOrder(rules: EscalationRule[]): EscalationRule[] {
  return rules.toSorted((one, other) => one.priority - other.priority);
}
