"use client";

import { useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { ConfirmButton } from "#components/settings/confirm-button.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { RuleSet } from "#contracts/escalation";
import type { RuleDraft } from "#contracts/rules";
import { ChangeList } from "./change-list.tsx";
import type { Draft, SaveState } from "./use-draft.ts";

const stateWords: Record<SaveState, string> = {
  saved: "Draft saved",
  waiting: "Saving…",
  saving: "Saving…",
  refused: "Not saved",
};

/** Where the draft stands: what it would change, and the ways to publish it or to leave it. */
export function DraftBar({ draft, onPublished }: { draft: Draft; onPublished: () => void }) {
  const { saved, changes, revision, basedOn, published } = draft.draft;
  const begun = saved || draft.state !== "saved";
  if (!begun) {
    return (
      <p role="status" className="text-ink-3 text-sm">
        Version {published} is in force. What you change here is a draft until you publish it.
      </p>
    );
  }
  return (
    <div className="sticky top-2 z-10 flex flex-col gap-2 rounded-xl border border-line bg-canvas/95 px-4 py-3 shadow-xs backdrop-blur">
      {draft.problem ? <Callout tone="bad">{draft.problem}</Callout> : undefined}
      {basedOn < published ? (
        <Callout tone="warning" title={`Version ${published} was published meanwhile`}>
          This draft began on version {basedOn}. Compare them under “History”, then{" "}
          <Button variant="link" onClick={draft.bringUpToDate}>
            go on from version {published}
          </Button>
          .
        </Callout>
      ) : undefined}
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="me-auto text-ink-2 text-sm">
          {stateWords[draft.state]} · {changes.length === 1 ? "1 change" : `${changes.length} changes`}
        </p>
        <ConfirmButton
          trigger={<Button variant="ghost">Discard</Button>}
          title="Discard the draft?"
          action="Discard"
          run={() => callApi<RuleDraft>("DELETE", `/api/admin/rules/draft?revision=${revision}`)}
          onDone={onPublished}
        >
          Its changes are lost. Version {published} stays in force.
        </ConfirmButton>
        <PublishDialog draft={draft} onPublished={onPublished} />
      </div>
    </div>
  );
}

function PublishDialog({ draft, onPublished }: { draft: Draft; onPublished: () => void }) {
  const { changes, warnings, revision, basedOn, published } = draft.draft;
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);

  async function publish() {
    setBusy(true);
    const said = note.trim();
    const body = { revision, ...(said === "" ? {} : { note: said }) };
    const outcome = await callApi<RuleSet>("POST", "/api/admin/rules/draft/publish", body);
    setBusy(false);
    if (!outcome.ok) {
      toast.error(outcome.message);
      return;
    }
    setOpen(false);
    toast.success(`Published as version ${outcome.data.version}. It holds from the next message on.`);
    onPublished();
  }

  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button
          variant="primary"
          disabled={draft.state !== "saved" || changes.length === 0 || basedOn < published}
        >
          Publish…
        </Button>
      }
      title={`Publish version ${published + 1}`}
      description="It holds from the next message on, in every conversation."
      className="max-w-lg"
      footer={
        <>
          <Button variant="ghost" onClick={() => setOpen(false)}>
            Not yet
          </Button>
          <Button variant="primary" busy={busy} onClick={() => void publish()}>
            Publish
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ChangeList changes={changes} />
        {warnings.length > 0 ? (
          <Callout tone="warning" title="Worth a second look">
            <ul className="list-disc ps-4">
              {warnings.map(({ sentence }) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </Callout>
        ) : undefined}
        <Field label="Why" optional description="Colleagues read it in the history.">
          <Textarea rows={2} maxLength={500} value={note} onChange={({ target }) => setNote(target.value)} />
        </Field>
      </div>
    </Dialog>
  );
}
