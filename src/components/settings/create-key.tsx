"use client";

import { type ReactElement, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { CreatedKey, KeyScope } from "#contracts/admin";
import { callApi } from "./call-api.ts";
import { useForm } from "./use-form.ts";

type Props = { trigger: ReactElement<Record<string, unknown>>; onCreated: (key: CreatedKey) => void };
type Life = "30" | "90" | "365" | "never";

const scopes: { value: KeyScope; label: string; help: string }[] = [
  { value: "conversations:read", label: "Read conversations", help: "Lists, messages, events, articles" },
  { value: "conversations:write", label: "Answer conversations", help: "Send, claim, hand over, resolve" },
  { value: "admin", label: "Change settings", help: "Members, agent, articles, rules, keys" },
];
const lives: { value: Life; label: string }[] = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
  { value: "never", label: "Until revoked" },
];
const empty = { name: "", scopes: ["conversations:read"] as KeyScope[], life: "90" as Life };

/** Asks what a key is for, what it may do and how long. */
export function CreateKey({ trigger, onCreated }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const form = useForm(empty);
  const { values, set } = form;

  async function create() {
    const made = await form.submit(({ name, scopes, life }) =>
      callApi<CreatedKey>("POST", "/api/admin/api-keys", {
        name,
        scopes,
        ...(life === "never" ? {} : { expiresInDays: Number(life) }),
      }),
    );
    if (made === undefined) return;
    form.reset(empty);
    setOpen(false);
    onCreated(made);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      title="New API key"
      footer={
        <Button variant="primary" type="submit" form={id} busy={form.busy}>
          Make key
        </Button>
      }
    >
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        {form.problem ? <Callout tone="bad">{form.problem}</Callout> : undefined}
        <Field label="Name" description="What will use it." error={form.errorOf("name")}>
          <Input value={values.name} onChange={(event) => set("name", event.target.value)} />
        </Field>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 font-medium text-ink text-sm">It may</legend>
          {scopes.map(({ value, label, help }) => (
            <label key={value} className="flex cursor-pointer items-start gap-2.5">
              <input
                type="checkbox"
                className="mt-0.5 size-4 accent-(--accent)"
                checked={values.scopes.includes(value)}
                onChange={(event) =>
                  set(
                    "scopes",
                    event.target.checked
                      ? [...values.scopes, value]
                      : values.scopes.filter((scope) => scope !== value),
                  )
                }
              />
              <span className="text-sm">
                <span className="text-ink">{label}</span>
                <span className="block text-ink-3 text-xs">{help}</span>
              </span>
            </label>
          ))}
          {form.errorOf("scopes") ? <FieldError>{form.errorOf("scopes")}</FieldError> : undefined}
        </fieldset>
        <Field label="For" className="w-40">
          <Select items={lives} value={values.life} onValueChange={(life: Life) => set("life", life)} />
        </Field>
      </form>
    </Dialog>
  );
}
