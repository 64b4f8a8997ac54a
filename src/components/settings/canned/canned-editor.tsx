"use client";

import type { z } from "zod";
import { callApi } from "#components/settings/call-api.ts";
import { useForm } from "#components/settings/use-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { CannedBody, CannedResponse } from "#contracts/desk-tools";
import { ScopeFields, type Team } from "./scope-fields.tsx";
import { WordsArea } from "./words-area.tsx";

type Body = z.output<typeof CannedBody>;

type Props = {
  /** What is changed; absent where a new one is written. */
  response?: CannedResponse | undefined;
  teams: Team[];
  onSaved: () => void;
  onClose: () => void;
};

const blank: Body = { name: "", title: "", text: "", visibility: "shared" };

/** Writes a canned response, or changes one. */
export function CannedEditor({ response, teams, onSaved, onClose }: Props) {
  const form = useForm<Body>(response ? bodyOf(response) : blank);
  const { values, set, errorOf, problem, busy, dirty, submit } = form;

  async function save() {
    const path = `/api/agent/canned-responses${response ? `/${response.id}` : ""}`;
    const saved = await submit((body) => callApi<CannedResponse>(response ? "PUT" : "POST", path, body));
    if (saved) onSaved();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={response ? `Change /${response.name}` : "New canned response"}
      className="max-w-lg"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="canned" busy={busy} disabled={!dirty}>
            Save
          </Button>
        </>
      }
    >
      <form
        id="canned"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {problem ? <Callout tone="bad">{problem}</Callout> : undefined}
        <div className="grid gap-4 sm:grid-cols-[10rem_1fr]">
          <Field label="Short name" description="Typed after the slash." error={errorOf("name")}>
            <Input
              value={values.name}
              maxLength={41}
              placeholder="refund"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => set("name", event.target.value.replace(/^\//, ""))}
            />
          </Field>
          <Field label="Title" error={errorOf("title")}>
            <Input
              dir="auto"
              value={values.title}
              maxLength={120}
              placeholder="Refund is on its way"
              onChange={(event) => set("title", event.target.value)}
            />
          </Field>
        </div>
        <WordsArea
          label="Words"
          value={values.text}
          error={errorOf("text")}
          onChange={(text) => set("text", text)}
        />
        <ScopeFields
          visibility={values.visibility}
          teamId={values.teamId}
          teams={teams}
          onVisibility={(visibility) => set("visibility", visibility)}
          onTeam={(teamId) => set("teamId", teamId)}
        />
      </form>
    </Dialog>
  );
}

function bodyOf({ name, title, text, visibility, teamId }: CannedResponse): Body {
  return { name, title, text, visibility, teamId };
}
