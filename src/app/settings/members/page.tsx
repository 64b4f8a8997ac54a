import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Invitations } from "#components/settings/invitations.tsx";
import { MembersList } from "#components/settings/members-list.tsx";
import { RoleMatrix } from "#components/settings/role-matrix.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import {
  can,
  currentOperator,
  listInvitations,
  listMembers,
  permissionNames,
  permissions,
} from "#services/accounts";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/members");
  const mayEdit = can(who, "members:write");
  const mayMakeOwners = can(who, "owners:write");
  const [members, invitations] = await Promise.all([listMembers(who), mayEdit ? listInvitations(who) : []]);
  const rows = permissionNames.map((name) => ({
    words: permissions[name].words,
    roles: [...permissions[name].roles],
  }));
  return (
    <>
      <PageHeader title="Members" description="Who answers customers here, and what each of them may do." />
      <div className="flex flex-col gap-6">
        {mayEdit ? <Invitations invitations={invitations} mayMakeOwners={mayMakeOwners} /> : undefined}
        <MembersList members={members} self={who.userId} mayEdit={mayEdit} mayMakeOwners={mayMakeOwners} />
        <RoleMatrix rows={rows} />
      </div>
    </>
  );
}
