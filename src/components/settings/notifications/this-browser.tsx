"use client";

import { BellRing } from "lucide-react";
import { type ReactNode, useState } from "react";
import { type PushState, turnPushOff, turnPushOn, usePush } from "#components/alerts/push.ts";
import { useStored } from "#components/inbox/use-stored.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { InstallRow } from "./install-row.tsx";
import { SendTest } from "./send-test.tsx";
import { SwitchRow } from "./switch-row.tsx";

const words: Record<PushState, string> = {
  unknown: "Looking at what this browser can do…",
  unsupported: "This browser cannot show notifications of pages.",
  insecure: "Browsers show notifications only for addresses that begin with https. This one does not.",
  install: "On iPhone and iPad, Baton must be on the home screen first: Share, then Add to Home Screen.",
  ask: "Be told while you look elsewhere, and while no window is open. The browser will ask for your leave.",
  denied: "You, or this browser, have refused notifications of Baton.",
  off: "The browser would show them, but Baton does not send any here.",
  on: "Desktop notifications show here, also while no window is open.",
};

/** How the browser in front of the reader stands: notifications, sound, and Baton as an app. */
export function ThisBrowser() {
  const push = usePush();
  const [muted, setMuted] = useStored("muted", false);
  const [busy, setBusy] = useState(false);

  async function run(work: () => Promise<unknown>) {
    setBusy(true);
    await work();
    setBusy(false);
  }

  async function turnOn() {
    const { state, problem } = await turnPushOn();
    if (state === "on") toast.success("Notifications are on in this browser");
    else if (problem !== undefined) toast.error(problem);
  }

  return (
    <Card>
      <CardHeader title="This browser" description="Holds here only; each browser and device has its own." />
      <CardBody>
        <Row
          icon={<BellRing aria-hidden />}
          title={
            <>
              Notifications <StateBadge state={push.state} />
            </>
          }
          text={words[push.state]}
        >
          {push.state === "ask" || push.state === "off" ? (
            <Button variant="primary" busy={busy} onClick={() => void run(turnOn)}>
              Turn on
            </Button>
          ) : undefined}
          {push.state === "on" ? (
            <>
              <SendTest channel="push" />
              <Button variant="ghost" busy={busy} onClick={() => void run(turnPushOff)}>
                Turn off
              </Button>
            </>
          ) : undefined}
        </Row>
        {push.problem ? <Callout tone="warning">{push.problem}</Callout> : undefined}
        {push.state === "denied" ? <HowToAllow /> : undefined}
        <div className="border-line border-t pt-4">
          <SwitchRow
            title="Sound"
            text={
              muted
                ? "This browser stays silent."
                : "Short tones, one for each kind. Browsers allow them after your first press."
            }
          >
            <Switch checked={!muted} onCheckedChange={(on) => setMuted(!on)} />
          </SwitchRow>
        </div>
        <InstallRow />
      </CardBody>
    </Card>
  );
}

type RowProps = { icon: ReactNode; title: ReactNode; text: string; children?: ReactNode };

function Row({ icon, title, text, children }: RowProps) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <span className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-accent-soft text-accent-ink [&_svg]:size-4.5">
        {icon}
      </span>
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium text-ink text-sm">{title}</p>
        <p role="status" className="text-ink-3 text-xs">
          {text}
        </p>
      </div>
      <div className="flex items-center gap-2">{children}</div>
    </div>
  );
}

function StateBadge({ state }: { state: PushState }) {
  if (state === "on") return <Badge tone="green">On</Badge>;
  if (state === "denied") return <Badge tone="red">Refused</Badge>;
  return state === "off" || state === "ask" ? <Badge>Off</Badge> : undefined;
}

function HowToAllow() {
  return (
    <Callout title="How to allow them again">
      <ol className="mt-1 list-decimal space-y-0.5 ps-4">
        <li>Press the sign before the address of this page: a lock, or two sliders.</li>
        <li>Set Notifications to Allow. In Safari: Settings, Websites, Notifications.</li>
        <li>Load this page again, and turn them on here.</li>
      </ol>
    </Callout>
  );
}
