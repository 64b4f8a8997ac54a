"use client";

import { callApi } from "#components/settings/call-api.ts";
import { useForm } from "#components/settings/use-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { SetupDone } from "#contracts/accounts";

/** Company and owner in one form; ends where the chat can be tried and taken along. */
export function SetupForm() {
  const form = useForm({ company: "", name: "", email: "", password: "" });
  const text = (name: "company" | "name" | "email" | "password") => ({
    required: true,
    className: "h-10",
    value: form.values[name],
    onChange: (event: { target: { value: string } }) => form.set(name, event.target.value),
  });

  async function create() {
    const done = await form.submit((values) => callApi<SetupDone>("POST", "/api/auth/setup", values));
    if (done !== undefined) window.location.assign("/setup/done");
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      {form.problem ? <Callout tone="bad">{form.problem}</Callout> : undefined}
      <Field
        label="Company"
        description="Customers see this name in the chat."
        error={form.errorOf("company")}
      >
        <Input autoComplete="organization" {...text("company")} />
      </Field>
      <Field label="Your name" error={form.errorOf("name")}>
        <Input autoComplete="name" {...text("name")} />
      </Field>
      <Field label="Your e-mail" error={form.errorOf("email")}>
        <Input type="email" autoComplete="username" {...text("email")} />
      </Field>
      <Field label="Password" description="At least 10 characters." error={form.errorOf("password")}>
        <Input type="password" autoComplete="new-password" {...text("password")} />
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={form.busy} className="mt-1 w-full">
        Create company
      </Button>
    </form>
  );
}
