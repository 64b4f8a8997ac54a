"use client";

import { callApi } from "#components/settings/call-api.ts";
import { useForm } from "#components/settings/use-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** E-mail and password; goes on to where the reader was headed. */
export function SignInForm({ next, email = "" }: { next: string; email?: string }) {
  const form = useForm({ email, password: "" });

  async function signIn() {
    const done = await form.submit<object>(async (values) => {
      const outcome = await callApi<object>("POST", "/api/auth/sign-in/email", values);
      const known = outcome.ok || outcome.code !== "unauthenticated";
      return known
        ? outcome
        : { ...outcome, message: "This e-mail address and password do not belong together." };
    });
    if (done !== undefined) window.location.assign(next);
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      {form.problem ? <Callout tone="bad">{form.problem}</Callout> : undefined}
      <Field label="E-mail" error={form.errorOf("email")}>
        <Input
          type="email"
          autoComplete="username"
          required
          className="h-10"
          value={form.values.email}
          onChange={(event) => form.set("email", event.target.value)}
        />
      </Field>
      <Field label="Password" error={form.errorOf("password")}>
        <Input
          type="password"
          autoComplete="current-password"
          required
          className="h-10"
          value={form.values.password}
          onChange={(event) => form.set("password", event.target.value)}
        />
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={form.busy} className="mt-1 w-full">
        Sign in
      </Button>
    </form>
  );
}
