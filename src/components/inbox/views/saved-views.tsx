"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Bookmark, Globe, Trash2, Users } from "lucide-react";
import { asWireError } from "#client/wire-error";
import { desk } from "#components/inbox/data/desk-api.ts";
import { deskKeys, useSavedViews, useTeams } from "#components/inbox/data/desk-queries.ts";
import type { Go, Place } from "#components/inbox/use-place.ts";
import { IconButton } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { SavedView } from "#contracts/desk-tools";
import { placeOfView, samePlace } from "./place-name.ts";
import { Count, PlaceLink } from "./view-list.tsx";

type Props = { place: Place; go: Go };

/** The lists that somebody saved under a name. */
export function SavedViews({ place, go }: Props) {
  const views = useSavedViews().data ?? [];
  if (views.length === 0) return undefined;
  return (
    <Group id="saved" title="Saved views">
      {views.map((view) => (
        <li key={view.id} className="group relative">
          <PlaceLink
            to={placeOfView(view)}
            current={samePlace(placeOfView(view), place)}
            icon={view.visibility === "shared" ? Globe : Bookmark}
            go={go}
            count={
              view.count === undefined ? undefined : (
                <span
                  className={
                    view.mayChange
                      ? "group-focus-within:invisible pointer-fine:group-hover:invisible pointer-coarse:me-7"
                      : ""
                  }
                >
                  <Count of={view.count} />
                </span>
              )
            }
          >
            {view.name}
          </PlaceLink>
          {view.mayChange ? <Remove view={view} /> : undefined}
        </li>
      ))}
    </Group>
  );
}

function Remove({ view }: { view: SavedView }) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: deskKeys.views });

  async function restore() {
    const { name, visibility, filters } = view;
    await desk
      .saveView({ name, visibility, filters })
      .catch((error) => toast.error(asWireError(error).message));
    refresh();
  }

  async function remove() {
    try {
      await desk.removeView(view.id);
      toast.success(`“${view.name}” removed`, { action: { label: "Undo", onClick: () => void restore() } });
    } catch (error) {
      toast.error(asWireError(error).message);
    }
    refresh();
  }

  return (
    <IconButton
      size="sm"
      label={`Remove ${view.name}`}
      icon={<Trash2 aria-hidden />}
      onClick={() => void remove()}
      className="absolute end-0.5 top-0.5 opacity-0 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
    />
  );
}

/** What waits for each team. */
export function TeamViews({ place, go }: Props) {
  const teams = useTeams().data ?? [];
  if (teams.length === 0) return undefined;
  return (
    <Group id="teams" title="Teams">
      {teams.map(({ id, name, waiting }) => {
        const to = { view: "needs_response", filters: { teamId: id }, mentions: false } as const;
        return (
          <li key={id} className="flex">
            <PlaceLink
              to={to}
              current={samePlace(to, place)}
              icon={Users}
              go={go}
              count={<Count of={waiting} urgent />}
            >
              {name}
            </PlaceLink>
          </li>
        );
      })}
    </Group>
  );
}

function Group({ id, title, children }: { id: string; title: string; children: React.ReactNode }) {
  return (
    <section aria-labelledby={`views-${id}`} className="mt-5">
      <h3 id={`views-${id}`} className="px-2 pb-1 font-semibold text-2xs text-ink-3">
        {title}
      </h3>
      <ul className="flex flex-col gap-px">{children}</ul>
    </section>
  );
}
