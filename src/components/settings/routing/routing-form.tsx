"use client";

import { useRouter } from "next/navigation";
import { callApi } from "#components/settings/call-api.ts";
import { SwitchRow } from "#components/settings/notifications/switch-row.tsx";
import { SaveBar } from "#components/settings/save-bar.tsx";
import { useForm } from "#components/settings/use-form.ts";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { RoutingView, SaveRoutingBody } from "#contracts/desk";
import { ChainEditor, type KeyedStep } from "./chain-editor.tsx";
import type { Named } from "./chain-targets.ts";
import { ModeChoice } from "./mode-choice.tsx";
import { TimedSwitch } from "./timed-switch.tsx";

type Values = Omit<SaveRoutingBody, "chain"> & { chain: KeyedStep[] };

type Props = { routing: RoutingView; operators: Named[]; teams: Named[]; mayEdit: boolean };

/** How conversations come to people: the way, whom they are offered to, and what happens when nobody answers. */
export function RoutingForm({ routing, operators, teams, mayEdit }: Props) {
  const router = useRouter();
  const form = useForm<Values>(valuesOf(routing));
  const { values, set, errorOf, errorAt } = form;
  const disabled = !mayEdit;

  async function save() {
    const saved = await form.submit(({ chain, ...settings }) =>
      callApi<RoutingView>("PUT", "/api/admin/routing", {
        ...settings,
        chain: chain.map(({ to, seconds }) => ({ to, seconds })),
      }),
    );
    if (saved === undefined) return;
    form.reset(valuesOf(saved));
    toast.success("Routing saved");
    router.refresh();
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {routing.warnings.map((warning) => (
        <Callout key={warning} tone="warning">
          {warning}
        </Callout>
      ))}
      <Card>
        <CardHeader title="How conversations come to people" />
        <CardBody>
          <ModeChoice mode={values.mode} disabled={disabled} onChange={(mode) => set("mode", mode)} />
          <SwitchRow
            title="Who spoke with the customer last comes first"
            text="As long as they are there and have room."
          >
            <Switch
              checked={values.lastOperatorFirst}
              disabled={disabled}
              onCheckedChange={(first) => set("lastOperatorFirst", first)}
            />
          </SwitchRow>
        </CardBody>
      </Card>
      <Card>
        <CardHeader
          title="Acceptance chain"
          description="For what nobody has. The first who accepts ends it; steps that cannot be taken are passed over."
        />
        <CardBody>
          <TimedSwitch
            title="Begin after a while"
            text="Nobody is told before; whoever looks at the queue can claim it."
            seconds={values.chainAfterSeconds === 0 ? null : values.chainAfterSeconds}
            usual={30}
            error={errorOf("chainAfterSeconds")}
            disabled={disabled}
            onChange={(seconds) => set("chainAfterSeconds", seconds ?? 0)}
          />
          <ChainEditor
            steps={values.chain}
            after={values.chainAfterSeconds}
            operators={operators}
            teams={teams}
            errorAt={errorAt}
            disabled={disabled}
            onChange={(chain) => set("chain", chain)}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="When nobody fits, or nobody answers" />
        <CardBody>
          <TimedSwitch
            title="Ask wider"
            text="After so long, team, skills and language are only wishes: anybody with room is asked. Conversations stay with their team."
            seconds={values.overflowAfterSeconds}
            usual={300}
            error={errorOf("overflowAfterSeconds")}
            disabled={disabled}
            onChange={(seconds) => set("overflowAfterSeconds", seconds)}
          />
          <TimedSwitch
            title="Take back from who vanished"
            text="An operator of whom nothing was seen for so long gives back what waits for their answer, also what was given to them while they were gone: it takes its old place in line, and its customer is told. What waits for the customer, or is snoozed, stays with them."
            seconds={values.vanishAfterSeconds}
            usual={120}
            error={errorOf("vanishAfterSeconds")}
            disabled={disabled}
            onChange={(seconds) => set("vanishAfterSeconds", seconds)}
          />
        </CardBody>
        {mayEdit ? (
          <SaveBar
            dirty={form.dirty}
            busy={form.busy}
            problem={form.problem ?? errorOf("chain")}
            onDiscard={() => form.reset()}
          />
        ) : undefined}
      </Card>
    </form>
  );
}

function valuesOf({ warnings: _, chain, ...settings }: RoutingView): Values {
  return { ...settings, chain: chain.map((step, key) => ({ ...step, key })) };
}
