"use client";

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import type { z } from "zod";
import { callApi } from "#components/settings/call-api.ts";
import { EditorDialog } from "#components/settings/editor-dialog.tsx";
import { useForm } from "#components/settings/use-form.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import type { MacroAction } from "#contracts/desk-actions";
import type { Macro, MacroBody } from "#contracts/desk-tools";
import { ScopeFields, type Team } from "./scope-fields.tsx";
import { StepFields } from "./step-fields.tsx";
import { newStep, type StepKind, stepNames } from "./steps.ts";

type Body = z.output<typeof MacroBody>;
type Step = { key: number; action: MacroAction };
type Values = Omit<Body, "actions"> & { steps: Step[] };

type Props = {
  macro?: Macro | undefined;
  operators: { id: string; name: string }[];
  teams: Team[];
  onSaved: () => void;
  onClose: () => void;
};

const most = 10;

/** Makes a macro, or changes one: its steps in the order in which they are done. */
export function MacroEditor({ macro, operators, teams, onSaved, onClose }: Props) {
  const form = useForm<Values>(valuesOf(macro));
  const { values, set, errorOf, errorAt, dirty, submit } = form;
  const { steps } = values;

  async function save() {
    const path = `/api/agent/macros${macro ? `/${macro.id}` : ""}`;
    const saved = await submit(({ steps: all, ...body }) =>
      callApi<Macro>(macro ? "PUT" : "POST", path, { ...body, actions: all.map(({ action }) => action) }),
    );
    if (saved) onSaved();
  }

  function add(kind: StepKind) {
    const key = Math.max(0, ...steps.map((step) => step.key)) + 1;
    set("steps", [...steps, { key, action: newStep(kind) }]);
  }

  function move(from: number, to: number) {
    const step = steps[from];
    if (step) set("steps", steps.toSpliced(from, 1).toSpliced(to, 0, step));
  }

  return (
    <EditorDialog
      title={macro ? `Change “${macro.name}”` : "New macro"}
      description="Each step is done in order. What cannot be done stops it and says so."
      className="max-w-xl"
      form={form}
      disabled={!dirty || steps.length === 0}
      onSave={save}
      onClose={onClose}
    >
      <Field label="Name" error={errorOf("name")}>
        <Input
          dir="auto"
          value={values.name}
          maxLength={80}
          placeholder="Refund and close"
          onChange={(event) => set("name", event.target.value)}
        />
      </Field>
      <ol aria-label="Steps" className="flex flex-col gap-3">
        {steps.map(({ key, action }, index) => (
          <li key={key} className="rounded-lg border border-line p-3">
            <div className="mb-2 flex items-center gap-1">
              <span className="flex-1 font-medium text-sm">
                {index + 1}. {stepNames[action.kind]}
              </span>
              <IconButton
                size="sm"
                label={`Move step ${index + 1} up`}
                icon={<ArrowUp aria-hidden />}
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              />
              <IconButton
                size="sm"
                label={`Move step ${index + 1} down`}
                icon={<ArrowDown aria-hidden />}
                disabled={index === steps.length - 1}
                onClick={() => move(index, index + 1)}
              />
              <IconButton
                size="sm"
                label={`Remove step ${index + 1}`}
                icon={<Trash2 aria-hidden />}
                onClick={() => set("steps", steps.toSpliced(index, 1))}
              />
            </div>
            <StepFields
              step={action}
              operators={operators}
              teams={teams}
              error={errorAt(`actions.${index}`)}
              onChange={(next) => set("steps", steps.with(index, { key, action: next }))}
            />
          </li>
        ))}
      </ol>
      {steps.length < most ? <AddStep onAdd={add} /> : undefined}
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

function AddStep({ onAdd }: { onAdd: (kind: StepKind) => void }) {
  return (
    <Menu
      trigger={
        <Button size="sm" className="self-start">
          <Plus aria-hidden />
          Add step
        </Button>
      }
    >
      {(Object.keys(stepNames) as StepKind[]).map((kind) => (
        <MenuItem key={kind} onClick={() => onAdd(kind)}>
          {stepNames[kind]}
        </MenuItem>
      ))}
    </Menu>
  );
}

function valuesOf(macro: Macro | undefined): Values {
  if (!macro) return { name: "", visibility: "shared", steps: [{ key: 1, action: newStep("reply") }] };
  const { name, visibility, teamId, actions } = macro;
  return { name, visibility, teamId, steps: actions.map((action, index) => ({ key: index + 1, action })) };
}
