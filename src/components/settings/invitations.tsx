"use client";

import { MailPlus, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { CopyField } from "#components/ui/copy-field.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { Role } from "#contracts/accounts";
import type { InvitationView } from "#contracts/admin";
import { callApi } from "./call-api.ts";
import { ConfirmButton } from "./confirm-button.tsx";
import { Day } from "./moment.tsx";
import { roleItems } from "./roles.ts";
import { useForm } from "./use-form.ts";

type Props = { invitations: InvitationView[]; mayMakeOwners: boolean };

/** Invites people by a link to pass on, and shows the links that are still open. */
export function Invitations({ invitations, mayMakeOwners }: Props) {
  const router = useRouter();
  const [made, setMade] = useState<InvitationView>();
  const form = useForm<{ email: string; role: Role }>({ email: "", role: "operator" });
  const open = invitations.filter(({ status }) => status === "pending");

  async function send() {
    const invitation = await form.submit((values) =>
      callApi<InvitationView>("POST", "/api/admin/invitations", values),
    );
    if (invitation === undefined) return;
    setMade(invitation);
    form.reset({ email: "", role: "operator" });
    router.refresh();
  }

  return (
    <Card>
      <CardHeader
        title="Invite a colleague"
        description="You get a link to pass on; no mail server is needed. It works once, for seven days."
      />
      <CardBody>
        <form
          noValidate
          className="flex flex-col gap-3 sm:flex-row sm:items-start"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <Field label="E-mail" error={form.errorOf("email")} className="min-w-0 flex-1">
            <Input
              type="email"
              placeholder="colleague@example.com"
              value={form.values.email}
              onChange={(event) => form.set("email", event.target.value)}
            />
          </Field>
          <Field label="Role" className="sm:w-36">
            <Select
              items={roleItems(mayMakeOwners)}
              value={form.values.role}
              onValueChange={(role: Role) => form.set("role", role)}
            />
          </Field>
          <Button type="submit" variant="primary" busy={form.busy} className="sm:mt-[1.625rem]">
            <MailPlus aria-hidden />
            Make link
          </Button>
        </form>
        {form.problem ? <Callout tone="bad">{form.problem}</Callout> : undefined}
        {made ? (
          <Callout tone="good" title={`Send this link to ${made.email}`}>
            <CopyField label="invitation link" value={made.url} className="mt-2" />
          </Callout>
        ) : undefined}
        {open.length > 0 ? (
          <ul
            aria-label="Open invitations"
            className="flex flex-col divide-y divide-line border-line border-t"
          >
            {open.map((invitation) => (
              <OpenInvitation
                key={invitation.id}
                invitation={invitation}
                onRevoked={() => router.refresh()}
              />
            ))}
          </ul>
        ) : undefined}
      </CardBody>
    </Card>
  );
}

function OpenInvitation({ invitation, onRevoked }: { invitation: InvitationView; onRevoked: () => void }) {
  return (
    <li className="flex flex-col gap-2 py-3 sm:flex-row sm:items-center">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 text-sm">
          <span className="truncate font-medium text-ink">{invitation.email}</span>
          <Badge className="capitalize">{invitation.role}</Badge>
        </p>
        <p className="text-ink-3 text-xs">
          By {invitation.invitedBy}, until <Day value={invitation.expiresAt} />
        </p>
      </div>
      <div className="flex items-center gap-1">
        <CopyField
          label={`link for ${invitation.email}`}
          value={invitation.url}
          className="min-w-0 flex-1 sm:w-56"
        />
        <ConfirmButton
          trigger={
            <IconButton label={`Take back the invitation of ${invitation.email}`} icon={<X aria-hidden />} />
          }
          title="Take this invitation back?"
          action="Take back"
          run={() => callApi("DELETE", `/api/admin/invitations/${invitation.id}`)}
          onDone={onRevoked}
        >
          The link for {invitation.email} stops working at once.
        </ConfirmButton>
      </div>
    </li>
  );
}
