"use client";

import { callApi } from "#components/settings/call-api.ts";
import { EditorDialog } from "#components/settings/editor-dialog.tsx";
import { useForm } from "#components/settings/use-form.ts";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { PolicyHours, SlaPolicyBody, SlaPolicyView } from "#contracts/desk";
import type { OfficeHoursView } from "#contracts/office-hours";
import { DuePreview } from "./due-preview.tsx";
import { MatchFields } from "./match-fields.tsx";
import { clockOf, targetNames } from "./policy-words.ts";
import { TargetField } from "./target-field.tsx";

type Props = {
  /** What is changed; absent where a new one is made, which then stands at this place. */
  policy?: SlaPolicyView | undefined;
  position: number;
  schedules: OfficeHoursView[];
  teams: { id: string; name: string }[];
  onSaved: (policy: SlaPolicyView) => void;
  onClose: () => void;
};

const usual = { firstResponse: 60, nextResponse: 240, resolution: 2_880 };

/** Makes a service level, or changes one: what is promised, in whose hours, for which conversations. */
export function PolicyEditor({ policy, position, schedules, teams, onSaved, onClose }: Props) {
  const form = useForm<SlaPolicyBody>(policy ? bodyOf(policy) : blank(position));
  const { values, set, errorOf, errorAt, dirty, submit } = form;
  const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const inTargets = targetNames.some(({ kind }) => errorAt(`targets.${kind}`));

  async function save() {
    const path = `/api/admin/sla-policies${policy ? `/${policy.id}` : ""}`;
    const saved = await submit((body) => callApi<SlaPolicyView>(policy ? "PUT" : "POST", path, body));
    if (saved) onSaved(saved);
  }

  return (
    <EditorDialog
      title={policy ? `Change ${policy.name}` : "New service level"}
      className="max-w-xl"
      form={form}
      action={policy ? "Save" : "Promise this"}
      disabled={policy !== undefined && !dirty}
      onSave={save}
      onClose={onClose}
    >
      <Field label="Name" error={errorOf("name")}>
        <Input
          dir="auto"
          maxLength={60}
          placeholder="Standard"
          autoComplete="off"
          value={values.name}
          onChange={(event) => set("name", event.target.value)}
        />
      </Field>
      <div className="flex flex-col gap-3.5">
        {targetNames.map(({ kind, label, help }) => (
          <TargetField
            key={kind}
            label={label}
            help={help}
            minutes={values.targets[kind]}
            usual={usual[kind]}
            error={errorAt(`targets.${kind}`)}
            onChange={(minutes) => set("targets", { ...values.targets, [kind]: minutes })}
          />
        ))}
        {errorOf("targets") && !inTargets ? <FieldError>{errorOf("targets")}</FieldError> : undefined}
      </div>
      <Field label="Clocks run" error={errorOf("hours")}>
        <Select
          items={[
            {
              value: "office",
              label: "In office hours",
              description: "The team's, or else the company's.",
            },
            { value: "always", label: "Day and night" },
            ...schedules.map(({ id, name }) => ({ value: id, label: `In the hours “${name}”` })),
          ]}
          value={values.hours.kind === "schedule" ? values.hours.scheduleId : values.hours.kind}
          onValueChange={(value) => set("hours", hoursOf(value))}
        />
      </Field>
      <DuePreview clock={clockOf(values.hours, schedules, ownZone)} targets={values.targets} />
      <MatchFields match={values.match} teams={teams} onChange={(match) => set("match", match)} />
    </EditorDialog>
  );
}

function hoursOf(value: string): PolicyHours {
  if (value === "office" || value === "always") return { kind: value };
  return { kind: "schedule", scheduleId: value };
}

function blank(position: number): SlaPolicyBody {
  return {
    name: "",
    enabled: true,
    position,
    match: {},
    targets: { firstResponse: usual.firstResponse },
    hours: { kind: "office" },
  };
}

/** What is sent to change a policy. */
export function bodyOf(policy: SlaPolicyView): SlaPolicyBody {
  const { name, enabled, position, match, targets, hours, version } = policy;
  return { name, enabled, position, match, targets, hours, version };
}
