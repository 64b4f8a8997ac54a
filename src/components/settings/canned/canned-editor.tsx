"use client";

import type { z } from "zod";
import { callApi } from "#components/settings/call-api.ts";
import { EditorDialog } from "#components/settings/editor-dialog.tsx";
import { useForm } from "#components/settings/use-form.ts";
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
  const { values, set, errorOf, dirty, submit } = form;

  async function save() {
    const path = `/api/agent/canned-responses${response ? `/${response.id}` : ""}`;
    const saved = await submit((body) => callApi<CannedResponse>(response ? "PUT" : "POST", path, body));
    if (saved) onSaved();
  }

  return (
    <EditorDialog
      title={response ? `Change /${response.name}` : "New canned response"}
      className="max-w-lg"
      form={form}
      disabled={!dirty}
      onSave={save}
      onClose={onClose}
    >
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
    </EditorDialog>
  );
}

function bodyOf({ name, title, text, visibility, teamId }: CannedResponse): Body {
  return { name, title, text, visibility, teamId };
}
