"use client";

import { MailX } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";

/** Asks once more whether somebody wants no letters of a company; the chat itself goes on. */
export function RefuseLetters({ company, address }: { company: string; address: string }) {
  const [step, setStep] = useState<"asked" | "busy" | "done" | "failed">("asked");

  async function refuse() {
    setStep("busy");
    const answer = await fetch(address, { method: "POST" }).catch(() => undefined);
    setStep(answer?.ok ? "done" : "failed");
  }

  return (
    <main className="flex min-h-dvh items-center justify-center bg-canvas p-4">
      <section className="w-full max-w-sm rounded-xl border border-line bg-surface p-6 shadow-xs">
        <span className="mb-4 flex size-10 items-center justify-center rounded-lg bg-sunken text-ink-2">
          <MailX className="size-5" aria-hidden />
        </span>
        <h1 className="font-semibold text-ink text-lg">
          {step === "done" ? `No more letters from ${company}` : `No more letters from ${company}?`}
        </h1>
        <div role="status" className="mt-1 text-ink-2 text-sm">
          {step === "done"
            ? "Done. Answers that you miss in the chat are not sent to you by e-mail any more."
            : "Answers that you miss in the chat are sent to you by e-mail. You can stop that; the chat itself goes on."}
        </div>
        {step === "failed" ? (
          <Callout tone="bad" className="mt-4">
            That did not work. Please try again in a moment.
          </Callout>
        ) : undefined}
        {step === "done" ? undefined : (
          <Button variant="primary" className="mt-5 w-full" size="lg" busy={step === "busy"} onClick={refuse}>
            Send me no more letters
          </Button>
        )}
      </section>
    </main>
  );
}
