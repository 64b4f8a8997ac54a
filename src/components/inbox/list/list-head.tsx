"use client";

import { ChevronDown, PanelLeftOpen } from "lucide-react";
import { views } from "#components/inbox/data/rows.ts";
import type { Place } from "#components/inbox/use-place.ts";
import { useStored } from "#components/inbox/use-stored.ts";
import { viewNames } from "#components/inbox/words.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Menu, MenuRadioGroup, MenuRadioItem } from "#components/ui/menu.tsx";
import { View } from "#contracts/operator";
import { LiveState } from "./live-state.tsx";
import { ViewCount, viewIcons } from "./views.tsx";

type Props = { place: Place; go: (to: Partial<Place>) => void };

/** The head of the list: which view it is, and whether it is live. */
export function ListHead({ place, go }: Props) {
  const [open, setOpen] = useStored("views-open", true);
  return (
    <header className="flex h-15 shrink-0 items-center gap-1 px-3">
      {open ? (
        <h1 className="hidden ps-1.5 font-semibold text-base xl:block">{viewNames[place.view]}</h1>
      ) : (
        <IconButton
          label="Show views"
          className="hidden xl:inline-flex"
          icon={<PanelLeftOpen aria-hidden />}
          onClick={() => setOpen(true)}
        />
      )}
      <div className={open ? "xl:hidden" : ""}>
        <ViewMenu place={place} go={go} />
      </div>
      <span className="flex-1" />
      <LiveState />
    </header>
  );
}

function ViewMenu({ place, go }: Props) {
  return (
    <Menu
      className="w-56"
      trigger={
        <Button variant="ghost" className="px-1.5 font-semibold text-base text-ink">
          {viewNames[place.view]}
          <ViewCount view={place.view} />
          <ChevronDown className="text-ink-3" aria-hidden />
        </Button>
      }
    >
      <MenuRadioGroup
        value={place.view}
        onValueChange={(value: unknown) => {
          const view = View.safeParse(value);
          if (view.success) go({ view: view.data });
        }}
      >
        {views.map((view) => {
          const Icon = viewIcons[view];
          return (
            <MenuRadioItem key={view} value={view} closeOnClick>
              <Icon aria-hidden />
              <span className="flex-1">{viewNames[view]}</span>
              <ViewCount view={view} />
            </MenuRadioItem>
          );
        })}
      </MenuRadioGroup>
    </Menu>
  );
}
