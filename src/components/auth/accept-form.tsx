"use client";

import { callApi } from "#components/settings/call-api.ts";
import { useForm } from "#components/settings/use-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type Props = { invitationId: string; email: string; company: string; newPerson: boolean };

/** Joins a company: with a name and a password for who is new, with one press for who is signed in already. */
export function AcceptForm({ invitationId, email, company, newPerson }: Props) {
  const form = useForm({ name: "", password: "" });

  async function join() {
    const done = await form.submit((values) =>
      callApi<object>("POST", `/api/auth/invitations/${invitationId}/accept`, newPerson ? values : {}),
    );
    if (done !== undefined) window.location.assign("/inbox");
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void join();
      }}
    >
      {form.problem ? <Callout tone="bad">{form.problem}</Callout> : undefined}
      <Field label="E-mail">
        <Input
          type="email"
          autoComplete="username"
          readOnly
          value={email}
          className="h-10 bg-sunken text-ink-2"
        />
      </Field>
      {newPerson ? (
        <>
          <Field label="Your name" error={form.errorOf("name")}>
            <Input
              autoComplete="name"
              className="h-10"
              value={form.values.name}
              onChange={(event) => form.set("name", event.target.value)}
            />
          </Field>
          <Field label="Password" description="At least 10 characters." error={form.errorOf("password")}>
            <Input
              type="password"
              autoComplete="new-password"
              className="h-10"
              value={form.values.password}
              onChange={(event) => form.set("password", event.target.value)}
            />
          </Field>
        </>
      ) : undefined}
      <Button type="submit" variant="primary" size="lg" busy={form.busy} className="mt-1 w-full">
        Join {company}
      </Button>
    </form>
  );
}
