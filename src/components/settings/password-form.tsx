"use client";

import { useRouter } from "next/navigation";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { callApi } from "./call-api.ts";
import { SaveBar } from "./save-bar.tsx";
import { useForm } from "./use-form.ts";

/** Sets or changes one's password; other sign-ins end with it. */
export function PasswordForm({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const router = useRouter();
  const form = useForm({ current: "", password: "" });

  async function save() {
    const done = await form.submit(async ({ current, password }) => {
      const body = hasPassword ? { current, password } : { password };
      const outcome = await callApi<undefined>("POST", "/api/auth/password", body);
      return outcome.ok ? { ...outcome, data: true } : outcome;
    });
    if (done === undefined) return;
    form.reset({ current: "", password: "" });
    toast.success("Password saved. Other browsers were signed out.");
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
        <CardHeader
          title="Password"
          description={
            hasPassword
              ? "Changing it signs out your other browsers."
              : "You came by a one-time link and have none yet."
          }
        />
        <CardBody>
          <input type="email" autoComplete="username" value={email} readOnly hidden />
          {hasPassword ? (
            <Field label="Current password" error={form.errorOf("current")}>
              <Input
                type="password"
                autoComplete="current-password"
                value={form.values.current}
                onChange={(event) => form.set("current", event.target.value)}
              />
            </Field>
          ) : undefined}
          <Field label="New password" description="At least 10 characters." error={form.errorOf("password")}>
            <Input
              type="password"
              autoComplete="new-password"
              value={form.values.password}
              onChange={(event) => form.set("password", event.target.value)}
            />
          </Field>
        </CardBody>
        <SaveBar
          dirty={form.dirty}
          busy={form.busy}
          problem={form.problem}
          label={hasPassword ? "Change password" : "Set password"}
          clean=""
          onDiscard={() => form.reset()}
        />
      </form>
    </Card>
  );
}
