import { z } from "zod";
import { read } from "#lib/db";
import { env } from "#lib/env";
import { sendMail } from "#lib/mail";
import { writeLetter } from "./letter-look.ts";

export const InvitationJob = z.object({ companyId: z.uuid(), invitationId: z.uuid() });

type Row = { email: string; company: string; inviter: string; expiresAt: Date };

/** Sends an invitation to whom it is for, while it is still open. Throws `unavailable` where the mail server must be asked again. */
export async function sendInvitation({
  companyId,
  invitationId,
}: z.infer<typeof InvitationJob>): Promise<void> {
  const [row] = await read<Row>(
    companyId,
    `SELECT i.email, o.name AS company, u.name AS inviter, i.expires_at AS "expiresAt"
     FROM invitation i JOIN company o ON o.id = i.company_id JOIN "user" u ON u.id = i.inviter_id
     WHERE i.company_id = $1 AND i.id = $2 AND i.status = 'pending' AND i.expires_at > now()`,
    [companyId, invitationId],
  );
  if (row === undefined) return;
  const url = `${env.PUBLIC_BASE_URL}/accept-invitation/${invitationId}`;
  await sendMail({
    to: row.email,
    id: `invitation-${invitationId}`,
    fromName: "Baton",
    subject: `${row.inviter} invites you to ${row.company}`,
    ...writeLetter({
      greeting: "Hello,",
      lead: `${row.inviter} invites you to answer customers of ${row.company} with Baton.`,
      items: [],
      action: { label: "Accept the invitation", url },
      foot: [
        `The link holds until ${row.expiresAt.toISOString().slice(0, 10)}, for this address alone.`,
        "If you do not know what this is about, leave it: nothing happens.",
      ],
    }),
  });
}
