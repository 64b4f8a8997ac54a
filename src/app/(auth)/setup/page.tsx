import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { SetupForm } from "#components/auth/setup-form.tsx";
import { needsSetup } from "#services/accounts";

export const metadata: Metadata = { title: "Set up" };
export const dynamic = "force-dynamic";

export default async function SetupPage() {
  if (!(await needsSetup())) redirect("/sign-in");
  return (
    <AuthCard
      title="Welcome. Let's set up your support desk."
      description="Your company, and you as its owner. An AI agent is made with it; colleagues come by invitation."
      footer="This form is answered once: as soon as somebody can sign in, it is closed."
    >
      <SetupForm />
    </AuthCard>
  );
}
