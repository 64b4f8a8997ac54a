"use client";

import { callApi } from "#components/settings/call-api.ts";
import { QuietFields } from "#components/settings/notifications/quiet-fields.tsx";
import { SwitchRow } from "#components/settings/notifications/switch-row.tsx";
import { SaveBar } from "#components/settings/save-bar.tsx";
import { useForm } from "#components/settings/use-form.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { CallPolicy } from "#contracts/telephony";

type Props = { policy: CallPolicy; mayEdit: boolean };

/** When, and how much, the company lets its assistant call customers. */
export function CallPolicyForm({ policy, mayEdit }: Props) {
  const form = useForm(policy);
  const { values, set } = form;

  async function save() {
    const saved = await form.submit((to) => callApi<CallPolicy>("PUT", "/api/admin/call-policy", to));
    if (saved === undefined) return;
    form.reset(saved);
    toast.success("Rules for calls saved");
  }

  return (
    <Card>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <CardHeader
          title="Outgoing calls"
          description="These hold for every call that the assistant makes, whoever asks for it. Incoming calls are always answered."
        />
        <fieldset disabled={!mayEdit} className="contents">
          <CardBody>
            <SwitchRow
              title="Only customers who have agreed"
              text="Whether somebody agreed to be called stands beside each conversation on the phone."
            >
              <Switch
                checked={values.consentRequired}
                disabled={!mayEdit}
                onCheckedChange={(on) => set("consentRequired", on)}
              />
            </SwitchRow>
            <div className="grid gap-4 sm:grid-cols-2">
              <Field
                label="Calls a day"
                description="0 switches outgoing calls off."
                error={form.errorOf("dailyCalls")}
              >
                <Input
                  type="number"
                  inputMode="numeric"
                  min={0}
                  value={shown(values.dailyCalls)}
                  onChange={(event) => set("dailyCalls", event.target.valueAsNumber)}
                />
              </Field>
              <Field
                label="Cost a day, in credits"
                optional
                description="Of your ElevenLabs account. Empty is without a limit."
                error={form.errorOf("dailyCost")}
              >
                <Input
                  type="number"
                  inputMode="decimal"
                  min={0}
                  value={shown(values.dailyCost)}
                  onChange={(event) =>
                    set("dailyCost", event.target.value === "" ? undefined : event.target.valueAsNumber)
                  }
                />
              </Field>
            </div>
          </CardBody>
          <QuietFields
            quiet={values.quiet}
            errorAt={form.errorAt}
            onChange={(quiet) => set("quiet", quiet)}
            text="Nobody is called in these hours, on the clock of the time zone that you choose."
            states={{ quiet: "No calls now", open: "Calls can be made now." }}
          />
        </fieldset>
        {mayEdit ? (
          <SaveBar
            dirty={form.dirty}
            busy={form.busy}
            problem={form.problem}
            onDiscard={() => form.reset()}
          />
        ) : undefined}
      </form>
    </Card>
  );
}

function shown(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "" : String(value);
}
