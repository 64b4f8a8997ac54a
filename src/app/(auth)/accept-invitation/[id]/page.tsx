import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { AcceptForm } from "#components/auth/accept-form.tsx";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { SignInForm } from "#components/auth/sign-in-form.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { InvitationPath } from "#contracts/admin";
import { isAppError } from "#lib/errors";
import { type InvitationCard, openInvitation, signedInUser } from "#services/accounts";

export const metadata: Metadata = { title: "Invitation", robots: "noindex", referrer: "no-referrer" };
export const dynamic = "force-dynamic";

const roles = { owner: "an owner", admin: "an admin", operator: "an operator" };

export default async function AcceptInvitationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const invitation = await find(id);
  if (invitation?.status !== "pending") return <Gone status={invitation?.status} />;
  const visitor = await signedInUser(await headers());
  const { company, email, invitedBy, role, hasAccount } = invitation;
  const title = `Join ${company} on Baton`;
  const description = `${invitedBy} invited you as ${roles[role]}.`;
  if (visitor !== undefined && visitor.email !== email)
    return <OtherPerson email={email} visitor={visitor.email} />;
  if (hasAccount && visitor === undefined) {
    return (
      <AuthCard title={title} description={`${description} Sign in to your account first.`}>
        <SignInForm next={`/accept-invitation/${id}`} email={email} />
      </AuthCard>
    );
  }
  return (
    <AuthCard title={title} description={description}>
      <AcceptForm invitationId={id} email={email} company={company} newPerson={!hasAccount} />
    </AuthCard>
  );
}

async function find(id: string): Promise<InvitationCard | undefined> {
  const parsed = InvitationPath.safeParse({ invitationId: id });
  if (!parsed.success) return undefined;
  try {
    return await openInvitation(parsed.data.invitationId);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return undefined;
    throw error;
  }
}

const reasons = {
  accepted: "It was accepted already. Sign in with the password chosen then.",
  revoked: "It was taken back. Ask for a new one.",
  expired: "It is too old. Ask for a new one.",
};

function Gone({ status }: { status: InvitationCard["status"] | undefined }) {
  const reason =
    status === undefined || status === "pending" ? "Check the link, or ask for a new one." : reasons[status];
  return (
    <AuthCard title="This invitation does not work">
      <Callout tone="warning">{reason}</Callout>
      <Link href="/sign-in" className="text-accent-ink text-sm underline underline-offset-4">
        Go to sign-in
      </Link>
    </AuthCard>
  );
}

function OtherPerson({ email, visitor }: { email: string; visitor: string }) {
  return (
    <AuthCard title="This invitation is for somebody else">
      <Callout tone="warning">
        It was made for {email}, but you are signed in as {visitor}. Sign out first, then open the link again.
      </Callout>
      <Link href="/inbox" className="text-accent-ink text-sm underline underline-offset-4">
        Go to your inbox
      </Link>
    </AuthCard>
  );
}
