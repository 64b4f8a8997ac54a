"use client";

import Link from "next/link";
import { type ReactNode, useState } from "react";
import { Button, buttonVariants } from "#components/ui/button.tsx";
import { CardFooter } from "#components/ui/card.tsx";
import type { PlatformCard } from "#contracts/connections";
import { type AgentChoice, type Created, CreateForm } from "./create-form.tsx";
import { TestCard } from "./test-card.tsx";
import { WebhookCard } from "./webhook-card.tsx";
import { WizardSteps } from "./wizard-steps.tsx";

type Props = { platform: PlatformCard; agents: AgentChoice[] };

/** From credentials to the first test, after the platform was chosen. */
export function ConnectionWizard({ platform, agents }: Props) {
  const [created, setCreated] = useState<Created>();
  const [testing, setTesting] = useState(false);

  function goOn(made: Created) {
    setCreated(made);
    // A reload must not ask for a second connection: it lands on the one that is there now.
    window.history.replaceState(null, "", `/settings/channels/${made.connection.id}`);
  }

  if (created === undefined) {
    return (
      <>
        <WizardSteps current="credentials" />
        <CreateForm platform={platform} agents={agents} onCreated={goOn} />
      </>
    );
  }
  if (!testing) {
    return (
      <Step key="webhook">
        <WizardSteps current="webhook" />
        <WebhookCard
          connection={created.connection}
          platform={platform}
          chosen={created.chosen}
          mayEdit
          footer={
            <CardFooter>
              <Button variant="primary" onClick={() => setTesting(true)}>
                Go on to the test
              </Button>
            </CardFooter>
          }
        />
      </Step>
    );
  }
  return (
    <Step key="test">
      <WizardSteps current="test" />
      <TestCard
        connectionId={created.connection.id}
        platform={platform}
        footer={
          <CardFooter>
            <Button variant="ghost" onClick={() => setTesting(false)}>
              Back
            </Button>
            <Link
              href={`/settings/channels/${created.connection.id}`}
              className={buttonVariants({ variant: "primary" })}
            >
              Done
            </Link>
          </CardFooter>
        }
      />
    </Step>
  );
}

/** A later step takes the focus, so that the keyboard and a screen reader begin where it begins. */
function Step({ children }: { children: ReactNode }) {
  return (
    <div ref={focus} tabIndex={-1} className="outline-none">
      {children}
    </div>
  );
}

function focus(step: HTMLDivElement | null) {
  step?.focus();
}
