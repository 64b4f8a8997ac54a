"use client";

import { UserMinus } from "lucide-react";
import { useRouter } from "next/navigation";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { List, ListRow, stacksOnPhones } from "#components/ui/list.tsx";
import { Select } from "#components/ui/select.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { Role } from "#contracts/accounts";
import type { MemberView } from "#contracts/admin";
import { callApi } from "./call-api.ts";
import { ConfirmButton } from "./confirm-button.tsx";
import { roleItems } from "./roles.ts";

type Props = { members: MemberView[]; self: string; mayEdit: boolean; mayMakeOwners: boolean };

/** Everybody of the company, with their role. */
export function MembersList({ members, self, mayEdit, mayMakeOwners }: Props) {
  const router = useRouter();

  async function change(member: MemberView, role: Role) {
    const outcome = await callApi("PATCH", `/api/admin/members/${member.userId}`, { role });
    if (outcome.ok) toast.success(`${member.name} is now an ${role}`);
    else toast.error(outcome.message);
    router.refresh();
  }

  return (
    <Card>
      <CardHeader title={members.length === 1 ? "1 member" : `${members.length} members`} />
      <List>
        {members.map((member) => {
          const editable = mayEdit && (member.role !== "owner" || mayMakeOwners);
          return (
            <ListRow
              key={member.userId}
              className={stacksOnPhones}
              leading={<Avatar name={member.name} image={member.image} />}
              title={
                <>
                  {member.name}
                  {member.userId === self ? (
                    <span className="font-normal text-ink-3"> (you)</span>
                  ) : undefined}
                </>
              }
              description={member.email}
              meta={editable ? undefined : <Badge className="capitalize">{member.role}</Badge>}
              actions={
                editable ? (
                  <>
                    <Select
                      aria-label={`Role of ${member.name}`}
                      className="w-28 sm:w-32"
                      items={roleItems(mayMakeOwners)}
                      value={member.role}
                      onValueChange={(role: Role) => void change(member, role)}
                    />
                    <ConfirmButton
                      trigger={
                        <IconButton label={`Remove ${member.name}`} icon={<UserMinus aria-hidden />} />
                      }
                      title={`Remove ${member.name}?`}
                      action="Remove"
                      run={() => callApi("DELETE", `/api/admin/members/${member.userId}`)}
                      onDone={() => {
                        toast.success(`${member.name} was removed`);
                        router.refresh();
                      }}
                    >
                      They are signed out within seconds, and chats they hold go back to the queue. What they
                      wrote stays.
                    </ConfirmButton>
                  </>
                ) : undefined
              }
            />
          );
        })}
      </List>
    </Card>
  );
}
