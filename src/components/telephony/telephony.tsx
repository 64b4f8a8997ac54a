"use client";

import { PhoneCall } from "lucide-react";
import { useState } from "react";
import { asWireError } from "#client/wire-error";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { PracticeLine } from "#contracts/practice";
import { practice } from "./practice-api.ts";
import { PracticeDesk } from "./practice-desk.tsx";

type Props = { line: PracticeLine | undefined; demo: boolean; mayConnect: boolean };

/** A page to try the phone by hand: a customer's phone at one side, what Baton makes of it at the other. */
export function Telephony({ line: made, demo, mayConnect }: Props) {
  const [line, setLine] = useState(made);
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto w-full max-w-7xl px-4 py-6 sm:px-8 sm:py-8">
        <PageHeader
          title="Practice phone"
          description="Text and call your AI assistant as a customer would, and watch what Baton makes of it. Nothing leaves this program: Twilio and ElevenLabs are played, and their webhooks are signed like the real ones."
        />
        {line ? (
          <PracticeDesk line={line} />
        ) : (
          <NoLine demo={demo} mayConnect={mayConnect} onMade={setLine} />
        )}
      </div>
    </div>
  );
}

type NoLineProps = Omit<Props, "line"> & { onMade: (line: PracticeLine) => void };

function NoLine({ demo, mayConnect, onMade }: NoLineProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function make() {
    setBusy(true);
    setProblem(undefined);
    try {
      onMade(await practice.makeLine());
    } catch (error) {
      setProblem(asWireError(error).message);
    } finally {
      setBusy(false);
    }
  }

  if (!demo)
    return (
      <Card>
        <EmptyState icon={<PhoneCall />} title="The practice phone belongs to the demo company">
          Your own company is not the place for made-up calls. Connect a real number under Settings ›
          Channels, or sign in to the demo company to try it.
        </EmptyState>
      </Card>
    );
  return (
    <Card>
      <EmptyState
        icon={<PhoneCall />}
        title="No practice phone line yet"
        action={
          mayConnect ? (
            <Button variant="primary" size="lg" busy={busy} onClick={make}>
              Set up a practice phone line
            </Button>
          ) : undefined
        }
      >
        {mayConnect
          ? "One click gives the demo company a phone number whose messages and calls are played here."
          : "An owner or admin of the demo company can set one up."}
      </EmptyState>
      {problem ? (
        <Callout tone="bad" className="mx-5 mb-5">
          {problem}
        </Callout>
      ) : undefined}
    </Card>
  );
}
