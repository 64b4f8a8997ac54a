"use client";

import { useRouter } from "next/navigation";
import { callApi } from "#components/settings/call-api.ts";
import { SaveBar } from "#components/settings/save-bar.tsx";
import { useForm } from "#components/settings/use-form.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { ConnectionView, PlatformCard } from "#contracts/connections";
import { changesOf, valuesOf } from "./changes.ts";
import { ConfigFields } from "./config-fields.tsx";
import { FindGuide } from "./find-guide.tsx";

type Props = { connection: ConnectionView; platform: PlatformCard; mayEdit: boolean };

/** The name and the credentials of a connection; secrets are replaced, never shown. */
export function SettingsForm({ connection, platform, mayEdit }: Props) {
  const router = useRouter();
  const form = useForm<Record<string, string>>(valuesOf(connection, platform));
  const { values, set, errorAt } = form;

  async function save() {
    const saved = await form.submit((values) =>
      callApi<ConnectionView>(
        "PATCH",
        `/api/admin/connections/${connection.id}`,
        changesOf(connection, platform, values),
      ),
    );
    if (saved === undefined) return;
    form.reset(valuesOf(saved, platform));
    toast.success("Saved. It holds from the next message on.");
    router.refresh();
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
        <fieldset disabled={!mayEdit} className="contents">
          <CardHeader
            title="Settings"
            description="Secrets are kept encrypted. They can be replaced, not read."
          />
          <CardBody>
            <Field label="Name" description="As your colleagues see it." error={errorAt("name")}>
              <Input value={values.name} onChange={(event) => set("name", event.target.value)} />
            </Field>
            <ConfigFields
              platform={platform}
              secrets={connection.secrets}
              values={values}
              errorAt={errorAt}
              onChange={set}
            />
            <FindGuide channel={platform.name} open={false} />
          </CardBody>
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
