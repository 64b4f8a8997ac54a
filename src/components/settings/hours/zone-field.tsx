"use client";

import { Popover } from "@base-ui/react/popover";
import { ChevronsUpDown } from "lucide-react";
import { useEffect, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { Field, useFieldProps } from "#components/ui/field.tsx";
import { controlClass } from "#components/ui/input.tsx";
import { popupClass } from "#components/ui/menu.tsx";
import { SearchList } from "#components/ui/search-list.tsx";
import { findZones, zoneTime } from "./zones.ts";

type Props = {
  value: string;
  error: string | undefined;
  disabled: boolean;
  onChange: (zone: string) => void;
};

/** A time zone, found by the name of a place in it; each with what its clocks show now. */
export function ZoneField({ value, error, disabled, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const [now, setNow] = useState<Date>();
  useEffect(() => setNow(new Date()), []);

  function choose(zone: string) {
    onChange(zone);
    setQuery("");
    setOpen(false);
  }

  return (
    <Field
      label="Time zone"
      error={error}
      description={now === undefined ? "\u00a0" : `It is ${zoneTime(value, now)} there now.`}
    >
      <Popover.Root open={open} onOpenChange={setOpen}>
        <ZoneTrigger value={value} disabled={disabled} />
        <Popover.Portal>
          <Popover.Positioner side="bottom" align="start" sideOffset={4} className="z-50">
            <Popover.Popup className={cn(popupClass, "w-80 max-w-[calc(100vw-2rem)] p-3")}>
              <SearchList
                label="Find a time zone"
                placeholder="City, such as Berlin…"
                query={query}
                onQuery={setQuery}
                items={open ? findZones(query, ownZone()) : []}
                keyOf={(zone) => zone}
                onChoose={choose}
                onEscape={() => setOpen(false)}
                className="max-h-64"
                empty="No time zone has this name."
              >
                {(zone) => (
                  <>
                    <span className="min-w-0 flex-1 truncate">{zone.replaceAll("_", " ")}</span>
                    <span className="text-ink-3 text-xs tabular-nums">{now && zoneTime(zone, now)}</span>
                  </>
                )}
              </SearchList>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </Field>
  );
}

function ZoneTrigger({ value, disabled }: { value: string; disabled: boolean }) {
  const field = useFieldProps({});
  return (
    <Popover.Trigger
      {...field}
      // The label names the field; who hears it must hear the zone too.
      aria-label={`Time zone: ${value}`}
      disabled={disabled}
      className={cn(controlClass, "inline-flex h-8 items-center justify-between gap-2 text-start")}
    >
      <span className="truncate">{value.replaceAll("_", " ")}</span>
      <ChevronsUpDown className="size-3.5 shrink-0 text-ink-3" aria-hidden />
    </Popover.Trigger>
  );
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
