"use client";

import { useRouter } from "next/navigation";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody } from "#components/ui/card.tsx";
import { CopyField } from "#components/ui/copy-field.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { CompanyView } from "#contracts/admin";
import { callApi } from "./call-api.ts";
import { SaveBar } from "./save-bar.tsx";
import { useForm } from "./use-form.ts";

/** The company's name and id. */
export function CompanyForm({ company, mayEdit }: { company: CompanyView; mayEdit: boolean }) {
  const router = useRouter();
  const form = useForm({ name: company.name });

  async function save() {
    const saved = await form.submit((values) => callApi<CompanyView>("PATCH", "/api/admin/company", values));
    if (saved === undefined) return;
    form.reset({ name: saved.name });
    toast.success("Company saved");
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
        <CardBody>
          {company.demo ? (
            <Callout title="This is the demo company">
              Its people, articles and conversations are made up. <code>npm run baton -- demo reset</code>{" "}
              makes it anew.
            </Callout>
          ) : undefined}
          <Field label="Name" description="Shown at the top of the chat." error={form.errorOf("name")}>
            <Input
              value={form.values.name}
              disabled={!mayEdit}
              onChange={(event) => form.set("name", event.target.value)}
            />
          </Field>
          <div className="flex flex-col gap-1.5">
            <span className="font-medium text-ink text-sm">Company id</span>
            <CopyField label="company id" value={company.id} />
          </div>
        </CardBody>
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
