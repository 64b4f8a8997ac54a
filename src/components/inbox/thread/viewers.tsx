"use client";

import { PencilLine } from "lucide-react";
import { useOperators } from "#components/inbox/data/queries.ts";
import type { Thread } from "#components/inbox/data/thread.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { cn } from "#components/ui/cn.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";

const statuses = { online: "is looking too", away: "was looking, and is away", offline: "was looking" };

/** Who else has the conversation open: faded who is away, with a pen who is writing. */
export function Viewers({ thread, me }: { thread: Thread; me: string }) {
  const now = useNow();
  const operators = useOperators();
  const others = thread.viewers
    .filter(({ id }) => id !== me)
    .map((viewer) => ({
      ...viewer,
      status: operators.find(({ id }) => id === viewer.id)?.status ?? ("online" as const),
      writing: thread.typists.some(({ id, until }) => id === viewer.id && until > now),
    }));
  if (others.length === 0) return undefined;
  const words = others.map(({ name, status, writing }) =>
    writing ? `${name} is typing a reply` : `${name} ${statuses[status]}`,
  );
  return (
    <Tooltip content={words.join(", ")} side="bottom">
      <button
        type="button"
        aria-label={words.join(", ")}
        className="-space-x-1.5 hidden shrink-0 cursor-default rounded-full @xs:flex"
      >
        {others.slice(0, 3).map(({ id, name, image, status, writing }) => (
          <span key={id} className={cn("relative", status !== "online" && !writing && "opacity-45")}>
            <Avatar name={name} image={image} size="sm" className="rounded-full ring-2 ring-surface" />
            {writing ? (
              <span className="-end-1 -bottom-1 absolute rounded-full border border-amber-line bg-amber-soft p-0.5 text-amber-ink">
                <PencilLine className="size-2.5" aria-hidden />
              </span>
            ) : undefined}
          </span>
        ))}
        {others.length > 3 ? (
          <span className="z-10 flex size-6 items-center justify-center rounded-full bg-hover text-2xs ring-2 ring-surface">
            +{others.length - 3}
          </span>
        ) : undefined}
      </button>
    </Tooltip>
  );
}
