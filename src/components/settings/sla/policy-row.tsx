"use client";

import { ArrowDown, ArrowUp, Pencil, Trash2, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { rowsHref } from "#components/analytics/rows-link.ts";
import { callApi } from "#components/settings/call-api.ts";
import { ConfirmButton } from "#components/settings/confirm-button.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Switch } from "#components/ui/switch.tsx";
import type { PolicyHours, SlaPolicyView } from "#contracts/desk";
import { keptShare, matchWords, promiseWords } from "./policy-words.ts";

type Props = {
  policy: SlaPolicyView;
  place: { first: boolean; last: boolean };
  teamName: (id: string) => string;
  scheduleName: (id: string) => string;
  mayEdit: boolean;
  onEdit: () => void;
  onMove: (by: -1 | 1) => void;
  onSwitch: (enabled: boolean) => void;
  onRemoved: () => void;
};

/** One service level: what it promises, to whom, and how well it was kept. */
export function PolicyRow(props: Props) {
  const { policy, place, mayEdit } = props;
  const { id, name, enabled, warning, running } = policy;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-5 py-4 sm:flex-nowrap">
      <Switch
        aria-label={`${name}, on`}
        className="mt-0.5"
        checked={enabled}
        disabled={!mayEdit}
        onCheckedChange={props.onSwitch}
      />
      <div className="min-w-0 flex-1">
        <p className={cn("font-medium text-sm", enabled ? "text-ink" : "text-ink-3")}>
          <bdi>{name}</bdi>
        </p>
        <p className={cn("mt-0.5 text-sm", enabled ? "text-ink-2" : "text-ink-3")}>
          {promiseWords(policy.targets)}, {hoursWords(policy.hours, props.scheduleName)}
        </p>
        <p className="mt-0.5 text-ink-3 text-xs">
          {matchWords(policy.match, props.teamName)} · <Kept policy={policy} />
        </p>
        {warning ? (
          <p className="mt-1 flex items-start gap-1.5 text-amber-ink text-xs">
            <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
            {warning}
          </p>
        ) : undefined}
      </div>
      {mayEdit ? (
        <div className="-me-1.5 flex w-full shrink-0 items-center justify-end sm:w-auto">
          <IconButton
            size="sm"
            label={`Look at ${name} earlier`}
            icon={<ArrowUp aria-hidden />}
            disabled={place.first}
            onClick={() => props.onMove(-1)}
          />
          <IconButton
            size="sm"
            label={`Look at ${name} later`}
            icon={<ArrowDown aria-hidden />}
            disabled={place.last}
            onClick={() => props.onMove(1)}
          />
          <IconButton
            size="sm"
            label={`Change ${name}`}
            icon={<Pencil aria-hidden />}
            onClick={props.onEdit}
          />
          <ConfirmButton
            trigger={<IconButton size="sm" label={`Remove ${name}`} icon={<Trash2 aria-hidden />} />}
            title={`Remove ${name}?`}
            action="Remove service level"
            run={() => callApi("DELETE", `/api/admin/sla-policies/${id}`)}
            onDone={props.onRemoved}
          >
            {clockWords(running)} How well it was kept until now stays in the reports. No conversation changes
            hands.
          </ConfirmButton>
        </div>
      ) : undefined}
    </li>
  );
}

function hoursWords(hours: PolicyHours, scheduleName: (id: string) => string): string {
  if (hours.kind === "always") return "day and night";
  return hours.kind === "office" ? "in office hours" : `in the hours “${scheduleName(hours.scheduleId)}”`;
}

function Kept({ policy }: { policy: SlaPolicyView }) {
  const { id, running } = policy;
  const share = keptShare(policy);
  const now = running === 0 ? "" : `, ${running} running now`;
  if (share === undefined) return `nothing measured yet${now}`;
  const href = rowsHref("service", { number: "sla_kept", split: "policy", part: id });
  return (
    <>
      <Link href={href} className="rounded-sm underline underline-offset-2 hover:text-ink">
        {share}% kept
      </Link>
      {` in 30 days${now}`}
    </>
  );
}

function clockWords(running: number): string {
  if (running === 0) return "No clock runs under it now.";
  if (running === 1) return "The clock that runs under it goes to the next service level that fits, or ends.";
  return `The ${running} clocks that run under it go to the next service level that fits each, or end.`;
}
