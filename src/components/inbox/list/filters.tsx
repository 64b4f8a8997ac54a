"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ListFilter, X } from "lucide-react";
import { useState } from "react";
import { asWireError } from "#client/wire-error";
import { desk } from "#components/inbox/data/desk-api.ts";
import { deskKeys, useSavedViews, useTags, useTeams } from "#components/inbox/data/desk-queries.ts";
import { useOperators, useRows } from "#components/inbox/data/queries.ts";
import type { Go, Place } from "#components/inbox/use-place.ts";
import { placeOfView, samePlace } from "#components/inbox/views/place-name.ts";
import { viewNames } from "#components/inbox/words.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { channelLabel } from "#components/ui/channel-icon.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Select, type SelectItem } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { ChannelName } from "#contracts/channel";
import { ListFilters, type ListSort } from "#contracts/operator";
import { useListRef, useSort } from "./use-sort.ts";

type Props = { place: Place; go: Go };

const any = "any";

const sorts: SelectItem<ListSort>[] = [
  { value: "usual", label: "Who waits longest" },
  { value: "due", label: "Oldest SLA first" },
];

/** How a list is sorted, and what narrows it: who has it, the team, the channel, a tag. One contact is chosen beside their conversation. */
export function FilterMenu({ place, go }: Props) {
  const operators = useOperators();
  const teams = useTeams().data ?? [];
  const tags = useTags("").data ?? [];
  const sort = useSort(place);
  const set = (name: keyof ListFilters, value: string) =>
    go({ filters: filtersWith(place.filters, name, value) });
  const parts: { name: keyof ListFilters; label: string; items: SelectItem<string>[] }[] = [
    {
      name: "operatorId",
      label: "Assigned to",
      items: operators.map(({ id, name }) => ({ value: id, label: name })),
    },
    { name: "teamId", label: "Team", items: teams.map(({ id, name }) => ({ value: id, label: name })) },
    {
      name: "channel",
      label: "Channel",
      items: ChannelName.options.map((value) => ({ value, label: channelLabel(value) })),
    },
    { name: "tag", label: "Tag", items: tags.map(({ tag }) => ({ value: tag, label: tag })) },
  ];
  return (
    <Popover
      side="bottom"
      align="end"
      className="w-64"
      trigger={
        <IconButton
          label={sort ? "Sort and filter" : "Filter"}
          side="bottom"
          icon={<ListFilter aria-hidden />}
        />
      }
    >
      <div className="flex flex-col gap-3">
        {sort ? (
          <Field label="Sort by">
            <Select value={sort.by} items={sorts} onValueChange={sort.set} className="w-full" />
          </Field>
        ) : undefined}
        {parts
          .filter(({ items }) => items.length > 0)
          .map(({ name, label, items }) => (
            <Field key={name} label={label}>
              <Select
                value={place.filters[name] ?? any}
                items={[{ value: any, label: "Any" }, ...items]}
                onValueChange={(value) => set(name, value)}
                className="w-full"
              />
            </Field>
          ))}
      </div>
    </Popover>
  );
}

/** What narrows the list now, each with the way to take it away, and the way to keep it under a name. */
export function FilterChips({ place, go }: Props) {
  const views = useSavedViews().data ?? [];
  const words = useFilterWords(place);
  if (place.mentions || words.length === 0) return undefined;
  const saved = views.some((view) => samePlace(placeOfView(view), place));
  return (
    <ul aria-label="Filters" className="flex flex-wrap items-center gap-1 px-3 pb-2">
      {words.map(({ name, word }) => (
        <li
          key={name}
          className="flex h-6 max-w-48 items-center rounded-full border border-accent/20 bg-accent-soft ps-2 text-2xs text-accent-ink"
        >
          <span dir="auto" className="truncate">
            {word}
          </span>
          <IconButton
            size="sm"
            className="size-6 rounded-full"
            label={`Take away ${word}`}
            icon={<X aria-hidden />}
            onClick={() => go({ filters: filtersWith(place.filters, name, any) })}
          />
        </li>
      ))}
      {saved ? undefined : (
        <li>
          <SaveView
            key={words.map(({ word }) => word).join()}
            place={place}
            words={words.map(({ word }) => word)}
          />
        </li>
      )}
    </ul>
  );
}

function SaveView({ place, words }: { place: Place; words: string[] }) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState([viewNames[place.view], ...words].join(", ").slice(0, 60));
  const [shared, setShared] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function save() {
    try {
      const visibility = shared ? "shared" : "personal";
      await desk.saveView({ name, visibility, filters: { ...place.filters, view: place.view } });
      toast.success(`“${name}” saved`);
      setOpen(false);
    } catch (error) {
      setProblem(asWireError(error).message);
    }
    client.invalidateQueries({ queryKey: deskKeys.views });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="ghost" className="h-6">
          Save view
        </Button>
      }
      title="Save this view"
      description="It stands beside the list from now on."
      footer={
        <>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button type="submit" form="save-view" variant="primary">
            Save
          </Button>
        </>
      }
    >
      <form
        id="save-view"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label="Name" error={problem}>
          <Input value={name} maxLength={60} required onChange={(event) => setName(event.target.value)} />
        </Field>
        <div className="flex items-center justify-between gap-4 text-sm">
          <span id="share-view">For all colleagues</span>
          <Switch aria-labelledby="share-view" checked={shared} onCheckedChange={setShared} />
        </div>
      </form>
    </Dialog>
  );
}

function useFilterWords(place: Place): { name: keyof ListFilters; word: string }[] {
  const operators = useOperators();
  const teams = useTeams().data ?? [];
  // All of that list are the same customer's.
  const { filters } = place;
  const [first] = useRows(useListRef(place), { enabled: filters.contactId !== undefined }).rows;
  const { operatorId, teamId, contactId, channel, tag, snoozed } = filters;
  const nameOf = (people: readonly { id: string; name: string }[], id: string | undefined) =>
    people.find((each) => each.id === id)?.name;
  const words: Partial<Record<keyof ListFilters, string | undefined>> = {
    operatorId: operatorId && (nameOf(operators, operatorId) ?? "Somebody"),
    contactId: contactId && (first?.customer.name ?? "One customer"),
    teamId: teamId && (nameOf(teams, teamId) ?? "A team"),
    channel: channel && channelLabel(channel),
    tag: tag && `#${tag}`,
    snoozed: snoozed && (snoozed === "only" ? "Snoozed" : "Not snoozed"),
  };
  return (Object.keys(words) as (keyof ListFilters)[]).flatMap((name) => {
    const word = words[name];
    return word === undefined ? [] : [{ name, word }];
  });
}

function filtersWith(filters: ListFilters, name: keyof ListFilters, value: string): ListFilters {
  const { [name]: _, ...others } = filters;
  if (value === any) return others;
  const parsed = ListFilters.safeParse({ ...others, [name]: value });
  return parsed.success ? parsed.data : filters;
}
