"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toaster.tsx";

type Props = { connectionId: string; name: string; label: string };

/** Takes a connection away, for who types its name. */
export function DeleteConnection({ connectionId, name, label }: Props) {
  const id = useId();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const sure = typed.trim() === name.trim();

  async function remove() {
    setBusy(true);
    const outcome = await callApi("DELETE", `/api/admin/connections/${connectionId}`);
    setBusy(false);
    if (!outcome.ok) {
      setProblem(outcome.message);
      return;
    }
    toast.success(`${name} was deleted`);
    router.replace("/settings/channels");
    router.refresh();
  }

  return (
    <Card className="mt-5 flex flex-wrap items-center justify-between gap-3 px-5 py-4">
      <div className="min-w-0 flex-1 basis-60">
        <h2 className="font-semibold text-base text-ink">Delete this connection</h2>
        <p className="mt-0.5 text-ink-3 text-sm">
          {label} can no longer deliver here, and its credentials are erased.
        </p>
      </div>
      <Dialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next);
          setTyped("");
          setProblem(undefined);
        }}
        trigger={
          <Button className="text-red-ink">
            <Trash2 aria-hidden />
            Delete…
          </Button>
        }
        title={`Delete “${name}”?`}
        footer={
          <>
            <Button onClick={() => setOpen(false)} disabled={busy}>
              Cancel
            </Button>
            <Button type="submit" form={id} variant="danger" busy={busy} disabled={!sure}>
              Delete
            </Button>
          </>
        }
      >
        <form
          id={id}
          noValidate
          className="flex flex-col gap-4 text-ink-2 text-sm"
          onSubmit={(event) => {
            event.preventDefault();
            if (sure) void remove();
          }}
        >
          <p>
            Conversations stay and can be read, but nobody can answer them on {label} any more. To stop for a
            while, pause the connection instead.
          </p>
          {problem ? <Callout tone="bad">{problem}</Callout> : undefined}
          <Field label={`Type ${name} to delete it`}>
            <Input
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Field>
        </form>
      </Dialog>
    </Card>
  );
}
