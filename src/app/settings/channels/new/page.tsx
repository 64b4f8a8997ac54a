import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ConnectionWizard } from "#components/settings/channels/connection-wizard.tsx";
import { PlatformPicker } from "#components/settings/channels/platform-picker.tsx";
import { WizardSteps } from "#components/settings/channels/wizard-steps.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator, listAgents } from "#services/accounts";
import { platformCards } from "#services/connections";

export const metadata: Metadata = { title: "Connect a channel" };

type Props = { searchParams: Promise<{ channel?: string }> };

export default async function NewConnectionPage({ searchParams }: Props) {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/channels/new");
  if (!can(who, "connections:write")) redirect("/settings/channels");
  const { channel } = await searchParams;
  const platforms = platformCards();
  const platform = platforms.find(({ name }) => name === channel);
  const agents = (await listAgents(who)).map(({ id, name }) => ({ id, name }));
  return (
    <>
      <Link
        href={platform === undefined ? "/settings/channels" : "/settings/channels/new"}
        className="mb-3 inline-flex items-center gap-1 text-ink-3 text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
        {platform === undefined ? "Channels" : "All platforms"}
      </Link>
      <PageHeader
        title={platform === undefined ? "Connect a channel" : `Connect ${platform.label}`}
        description={platform === undefined ? "Where do your customers write?" : undefined}
      />
      {platform === undefined ? (
        <>
          <WizardSteps current="platform" />
          <PlatformPicker platforms={platforms} />
        </>
      ) : (
        <ConnectionWizard key={platform.name} platform={platform} agents={agents} />
      )}
    </>
  );
}
