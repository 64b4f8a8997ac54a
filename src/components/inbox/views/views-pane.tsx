"use client";

import { Command, PanelLeftClose, Search } from "lucide-react";
import { useOperators } from "#components/inbox/data/queries.ts";
import type { DialogName } from "#components/inbox/dialogs/dialogs.tsx";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import type { Go, Place } from "#components/inbox/use-place.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { SavedViews, TeamViews } from "./saved-views.tsx";
import { ViewList } from "./view-list.tsx";

type Props = {
  place: Place;
  go: Go;
  onCollapse: () => void;
  open: (dialog: DialogName) => void;
};

const presence = { online: "online", away: "away", offline: "offline" };

/** The views beside the list, and who of the team is there. */
export function ViewsPane({ place, go, onCollapse, open }: Props) {
  const { me } = useInbox();
  const operators = useOperators().filter(({ id }) => id !== me.id);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex h-15 shrink-0 items-center justify-between ps-4 pe-2">
        <p className="font-semibold text-base">Inbox</p>
        <span className="flex">
          <IconButton
            label="Search"
            keys="/"
            size="sm"
            side="bottom"
            icon={<Search aria-hidden />}
            onClick={() => open("search")}
          />
          <IconButton
            label="Command palette"
            keys="⌘ K"
            size="sm"
            side="bottom"
            icon={<Command aria-hidden />}
            onClick={() => open("palette")}
          />
          <IconButton
            label="Hide views"
            size="sm"
            side="bottom"
            icon={<PanelLeftClose className="rtl:-scale-x-100" aria-hidden />}
            onClick={onCollapse}
          />
        </span>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        <ViewList place={place} go={go} />
        <SavedViews place={place} go={go} />
        <TeamViews place={place} go={go} />
        {operators.length > 0 ? (
          <section aria-labelledby="colleagues" className="mt-5">
            <h3 id="colleagues" className="px-2 pb-1 font-semibold text-2xs text-ink-3">
              Colleagues
            </h3>
            <ul className="flex flex-col gap-px">
              {operators.map(({ id, name, image, status }) => (
                <li key={id} className="flex h-8 items-center gap-2 px-2 text-ink-2 text-sm">
                  <Avatar name={name} image={image} size="xs" status={status} />
                  <span dir="auto" className="min-w-0 flex-1 truncate">
                    {name}
                  </span>
                  <span className="text-2xs text-ink-3">{presence[status]}</span>
                </li>
              ))}
            </ul>
          </section>
        ) : undefined}
      </div>
    </div>
  );
}
