import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { SignInForm } from "#components/auth/sign-in-form.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { currentOperator, needsSetup } from "#services/accounts";

export const metadata: Metadata = { title: "Sign in" };
export const dynamic = "force-dynamic";

type Search = { next?: string; link?: string; email?: string };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { next, link, email } = await searchParams;
  const goal = ownPath(next);
  if ((await currentOperator(await headers())) !== undefined) redirect(goal);
  if (await needsSetup()) redirect("/setup");
  return (
    <AuthCard
      title="Sign in to Baton"
      footer="New here? Ask an owner or admin of your company for an invitation link."
    >
      {link === "gone" ? (
        <Callout tone="warning" title="This sign-in link no longer works">
          Each link signs in once, within 30 minutes. Sign in with your password, or have a new link made.
        </Callout>
      ) : undefined}
      <SignInForm next={goal} email={email ?? ""} />
    </AuthCard>
  );
}

// Only a path of ours: an address from a link must not send people elsewhere.
function ownPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : "/inbox";
}
