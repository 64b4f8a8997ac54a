"use client";

import { AtSign, ChevronDown, ListChecks, PanelLeftOpen, Search, Users } from "lucide-react";
import { useSavedViews, useTeams } from "#components/inbox/data/desk-queries.ts";
import { views } from "#components/inbox/data/rows.ts";
import type { Desk } from "#components/inbox/use-desk.ts";
import type { Go, Place } from "#components/inbox/use-place.ts";
import { useStored } from "#components/inbox/use-stored.ts";
import { placeOfView } from "#components/inbox/views/place-name.ts";
import { MentionCount, mentionsPlace, ViewCount, viewIcons } from "#components/inbox/views/view-list.tsx";
import { viewNames } from "#components/inbox/words.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "#components/ui/menu.tsx";
import { FilterMenu } from "./filters.tsx";
import { LiveState } from "./live-state.tsx";

type Props = { place: Place; go: Go; name: string; desk: Desk };

/** The head of the list: which one it is, whether it is live, and how it is narrowed and searched. */
export function ListHead({ place, go, name, desk }: Props) {
  const [open, setOpen] = useStored("views-open", true);
  return (
    <header className="flex h-15 shrink-0 items-center gap-0.5 px-3">
      {open ? (
        <p
          dir="auto"
          aria-hidden
          className="hidden min-w-0 truncate ps-1.5 font-semibold text-base min-[1400px]:block"
        >
          {name}
        </p>
      ) : (
        <IconButton
          label="Show views"
          className="hidden min-[1400px]:inline-flex"
          icon={<PanelLeftOpen aria-hidden />}
          onClick={() => setOpen(true)}
        />
      )}
      <div className={open ? "min-w-0 min-[1400px]:hidden" : "min-w-0"}>
        <PlaceMenu place={place} go={go} name={name} />
      </div>
      <span className="flex-1" />
      <LiveState />
      {place.mentions ? undefined : (
        <IconButton
          label="Choose several"
          side="bottom"
          icon={<ListChecks aria-hidden />}
          className="pointer-fine:hidden"
          onClick={desk.selection.begin}
        />
      )}
      {place.mentions ? undefined : <FilterMenu place={place} go={go} />}
      <IconButton
        label="Search"
        keys="/"
        side="bottom"
        icon={<Search aria-hidden />}
        className={open ? "min-[1400px]:hidden" : ""}
        onClick={() => desk.setDialog("search")}
      />
    </header>
  );
}

function PlaceMenu({ place, go, name }: { place: Place; go: Go; name: string }) {
  const saved = useSavedViews().data ?? [];
  const teams = useTeams().data ?? [];
  return (
    <Menu
      className="w-60"
      trigger={
        <Button variant="ghost" className="max-w-full px-1.5 font-semibold text-base text-ink">
          <span dir="auto" className="truncate">
            {name}
          </span>
          {place.mentions ? <MentionCount /> : <ViewCount view={place.view} />}
          <ChevronDown className="text-ink-3" aria-hidden />
        </Button>
      }
    >
      {views.map((view) => {
        const Icon = viewIcons[view];
        return (
          <MenuItem key={view} onClick={() => go({ view })}>
            <Icon aria-hidden />
            <span className="flex-1">{viewNames[view]}</span>
            <ViewCount view={view} />
          </MenuItem>
        );
      })}
      <MenuItem onClick={() => go(mentionsPlace)}>
        <AtSign aria-hidden />
        <span className="flex-1">Mentions</span>
        <MentionCount />
      </MenuItem>
      {saved.length > 0 ? (
        <>
          <MenuSeparator />
          <MenuLabel>Saved views</MenuLabel>
          {saved.map((view) => (
            <MenuItem key={view.id} onClick={() => go(placeOfView(view))}>
              <span className="truncate">{view.name}</span>
            </MenuItem>
          ))}
        </>
      ) : undefined}
      {teams.length > 0 ? (
        <>
          <MenuSeparator />
          <MenuLabel>Teams</MenuLabel>
          {teams.map((team) => (
            <MenuItem
              key={team.id}
              onClick={() => go({ view: "needs_response", filters: { teamId: team.id } })}
            >
              <Users aria-hidden />
              <span className="truncate">{team.name}</span>
            </MenuItem>
          ))}
        </>
      ) : undefined}
    </Menu>
  );
}
