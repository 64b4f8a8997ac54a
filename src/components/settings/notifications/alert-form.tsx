"use client";

import { tellSettings } from "#components/alerts/alert-store.ts";
import { callApi } from "#components/settings/call-api.ts";
import { SaveBar } from "#components/settings/save-bar.tsx";
import { useForm } from "#components/settings/use-form.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { AlertSettings, AlertSettingsView } from "#contracts/notifications";
import { MatrixTable } from "./matrix-table.tsx";
import { QuietFields } from "./quiet-fields.tsx";
import { SwitchRow } from "./switch-row.tsx";

type Props = { initial: AlertSettings; mail: AlertSettingsView["mail"] };

/** What an operator is told, by which channel, and when not. */
export function AlertForm({ initial, mail }: Props) {
  const form = useForm<AlertSettings>(initial);
  const { values, set } = form;

  async function save() {
    const saved = await form.submit((settings) =>
      callApi<AlertSettingsView>("PUT", "/api/agent/notifications/preferences", settings),
    );
    if (saved === undefined) return;
    form.reset(saved.settings);
    tellSettings(saved.settings);
    toast.success("Notifications saved");
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
          title="What you are told"
          description="In front of you nothing rings: what you look at counts as seen."
        />
        <MatrixTable matrix={values.matrix} mail={mail} onChange={(matrix) => set("matrix", matrix)} />
        <CardBody className="border-line border-t">
          <SwitchRow
            title="Only when I am away"
            text="While a window of Baton is open, your devices wait a minute and stay silent if you have looked by then."
          >
            <Switch
              checked={values.onlyWhenAway}
              onCheckedChange={(onlyWhenAway) => set("onlyWhenAway", onlyWhenAway)}
            />
          </SwitchRow>
          <SwitchRow
            title="Show what the customer wrote"
            text="On devices and in e-mails. Otherwise only who it is and why you are told."
          >
            <Switch checked={values.previews} onCheckedChange={(previews) => set("previews", previews)} />
          </SwitchRow>
        </CardBody>
        <QuietFields quiet={values.quiet} errorAt={form.errorAt} onChange={(quiet) => set("quiet", quiet)} />
        <SaveBar dirty={form.dirty} busy={form.busy} problem={form.problem} onDiscard={() => form.reset()} />
      </form>
    </Card>
  );
}
