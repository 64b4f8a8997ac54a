"use client";

import { Send } from "lucide-react";
import { useState } from "react";
import type { z } from "zod";
import { callApi, type Outcome } from "#components/settings/call-api.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { PlatformCard, TestReport } from "#contracts/connections";
import { guides, sideOf } from "./guides.ts";
import { TestResult } from "./test-result.tsx";

type Report = z.infer<typeof TestReport>;
type Props = { connectionId: string; platform: PlatformCard };

/** Sends one delivery through the gateway as the platform would, and shows each step. */
export function SendTest({ connectionId, platform }: Props) {
  const [text, setText] = useState("Hello");
  const [outcome, setOutcome] = useState<Outcome<Report>>();
  const [busy, setBusy] = useState(false);

  async function send() {
    setBusy(true);
    setOutcome(await callApi<Report>("POST", `/api/admin/connections/${connectionId}/test`, { text }));
    setBusy(false);
  }

  if (!platform.can.sample) {
    return (
      <p className="text-ink-2 text-sm">
        Only {platform.label} itself can sign a delivery, so a test cannot be made here.{" "}
        {guides[platform.name].tryIt} It appears in the inbox, and under Health.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <form
        noValidate
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Field label="A customer writes" className="min-w-0 flex-1">
          <Input value={text} maxLength={500} onChange={(event) => setText(event.target.value)} />
        </Field>
        <Button type="submit" variant="primary" busy={busy} disabled={text.trim() === ""}>
          {busy ? undefined : <Send aria-hidden />}
          Send test
        </Button>
      </form>
      <div role="status" className="empty:hidden">
        {outcome?.ok ? <TestResult report={outcome.data} label={platform.label} /> : undefined}
        {outcome?.ok === false ? <Callout tone="bad">{outcome.message}</Callout> : undefined}
      </div>
      <p className="text-ink-3 text-xs">
        The test is signed as {sideOf(platform)} signs, and goes the way of a real delivery. Nothing of it is
        kept, and nobody is written to. To see the whole way: {lowerFirst(guides[platform.name].tryIt)}
      </p>
    </div>
  );
}

function lowerFirst(sentence: string) {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
