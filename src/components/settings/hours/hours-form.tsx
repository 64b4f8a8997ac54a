"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { SwitchRow } from "#components/settings/notifications/switch-row.tsx";
import { SaveBar } from "#components/settings/save-bar.tsx";
import { useForm } from "#components/settings/use-form.ts";
import { Card, CardBody } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { type OfficeHoursView, Schedule } from "#contracts/office-hours";
import { HolidayFields } from "./holiday-fields.tsx";
import { OpenLine } from "./open-line.tsx";
import { WeekEditor } from "./week-editor.tsx";
import { ZoneField } from "./zone-field.tsx";

type Values = { name: string; schedule: Schedule; isDefault: boolean; version: number | undefined };

type Props = {
  /** What is changed; absent where new hours are made. */
  hours?: OfficeHoursView | undefined;
  /** No others are there: these are the company's. */
  first: boolean;
  mayEdit: boolean;
};

/** When people are there: a week, the days that differ, and the clock they are meant on. */
export function HoursForm({ hours, first, mayEdit }: Props) {
  const router = useRouter();
  const form = useForm<Values>(valuesOf(hours, first));
  const { values, set, errorOf, errorAt } = form;
  const change = (some: Partial<Schedule>) => set("schedule", { ...values.schedule, ...some });
  const good = Schedule.safeParse(values.schedule);
  const always = first || hours?.isDefault === true;

  // Known only in the browser: whoever makes hours means the clock on their own wall.
  const isNew = hours === undefined;
  const put = useRef(set);
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (isNew) put.current("schedule", { ...newWeek, timeZone });
  }, [isNew]);

  async function save() {
    const path = `/api/admin/office-hours${hours ? `/${hours.id}` : ""}`;
    const saved = await form.submit((body) => callApi<OfficeHoursView>(hours ? "PUT" : "POST", path, body));
    if (saved === undefined) return;
    form.reset(valuesOf(saved, first));
    toast.success(`${saved.name} saved`);
    if (hours) router.refresh();
    else router.push("/settings/hours");
  }

  return (
    <Card>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <CardBody>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Name" error={errorOf("name")}>
              <Input
                dir="auto"
                maxLength={60}
                placeholder="Berlin office"
                autoComplete="off"
                disabled={!mayEdit}
                value={values.name}
                onChange={(event) => set("name", event.target.value)}
              />
            </Field>
            <ZoneField
              value={values.schedule.timeZone}
              error={errorAt("schedule.timeZone")}
              disabled={!mayEdit}
              onChange={(timeZone) => change({ timeZone })}
            />
          </div>
          <SwitchRow
            title="The company's hours"
            text={
              always
                ? "Teams without hours of their own keep these. To change that, make other hours the company's."
                : "Teams without hours of their own keep these. The hours that are the company's now stay for whoever names them."
            }
          >
            <Switch
              checked={values.isDefault}
              disabled={!mayEdit || always}
              onCheckedChange={(isDefault) => set("isDefault", isDefault)}
            />
          </SwitchRow>
        </CardBody>
        <p role="status" className="border-line border-y bg-canvas/60 px-5 py-2 text-sm">
          {good.success ? (
            <OpenLine schedule={good.data} />
          ) : (
            <span className="text-ink-3">Something is still missing in these hours.</span>
          )}
        </p>
        <WeekEditor
          week={values.schedule.week}
          errorAt={errorAt}
          disabled={!mayEdit}
          onChange={(week) => change({ week })}
        />
        <HolidayFields
          holidays={values.schedule.holidays}
          errorAt={errorAt}
          disabled={!mayEdit}
          onChange={(holidays) => change({ holidays })}
        />
        {mayEdit ? (
          <SaveBar
            dirty={form.dirty || hours === undefined}
            busy={form.busy}
            problem={form.problem}
            label={hours ? "Save" : "Make hours"}
            onDiscard={() => (hours ? form.reset() : router.push("/settings/hours"))}
          />
        ) : undefined}
      </form>
    </Card>
  );
}

const workday = [{ from: "09:00", to: "17:00" }];
const newWeek: Schedule = {
  timeZone: "UTC",
  week: {
    monday: workday,
    tuesday: workday,
    wednesday: workday,
    thursday: workday,
    friday: workday,
    saturday: [],
    sunday: [],
  },
  holidays: [],
};

function valuesOf(hours: OfficeHoursView | undefined, first: boolean): Values {
  if (hours !== undefined) {
    const { name, schedule, isDefault, version } = hours;
    return { name, schedule, isDefault, version };
  }
  return {
    name: first ? "Office hours" : "",
    schedule: newWeek,
    isDefault: first,
    version: undefined,
  };
}
