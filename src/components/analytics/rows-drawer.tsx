"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { Download, Star, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button, buttonVariants, IconButton } from "#components/ui/button.tsx";
import { ChannelIcon, channelLabel } from "#components/ui/channel-icon.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { FactRow, ReportNumber } from "#contracts/analytics";
import { type Picked, rowsAddress, useRows } from "./data.ts";
import type { Place } from "./place.ts";
import { durationWords } from "./words.ts";

type Props = {
  place: Place;
  zone: string | undefined;
  picked: Picked | undefined;
  number: Pick<ReportNumber, "unit" | "rows" | "definition"> | undefined;
  onClose: () => void;
};

/** The rows behind a number, each a way into its conversation. */
export function RowsDrawer({ place, zone, picked, number, onClose }: Props) {
  return (
    <Base.Root open={picked !== undefined} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup className="fixed inset-y-0 end-0 z-40 flex w-full max-w-lg flex-col border-line border-s bg-surface shadow-lg outline-none transition-transform duration-200 data-ending-style:translate-x-full data-starting-style:translate-x-full rtl:data-ending-style:-translate-x-full rtl:data-starting-style:-translate-x-full">
          {picked === undefined ? undefined : (
            <>
              <header className="border-line border-b px-5 py-4 pe-14">
                <Base.Title className="font-semibold text-ink text-lg">{picked.name}</Base.Title>
                <Base.Description className="mt-0.5 text-ink-3 text-sm">{picked.words}</Base.Description>
              </header>
              <Rows place={place} zone={zone} picked={picked} number={number} />
              <Base.Close
                render={
                  <IconButton
                    label="Close"
                    keys="Esc"
                    icon={<X aria-hidden />}
                    className="absolute end-3 top-3"
                  />
                }
              />
            </>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

type RowsProps = Omit<Props, "onClose" | "picked"> & { picked: Picked };

function Rows({ place, zone, picked, number }: RowsProps) {
  const [sort, setSort] = useState<"newest" | "largest">("newest");
  const { data, isError, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useRows(
    place,
    picked,
    sort,
  );
  const rows = data?.pages.flatMap((page) => page.rows);
  const measured = number?.unit === "duration" || number?.unit === "score";
  return (
    <>
      <div className="flex items-center gap-2 border-line border-b px-5 py-2">
        <span className="min-w-0 flex-1 text-ink-3 text-xs first-letter:uppercase">{number?.rows}</span>
        {measured ? (
          <Select
            aria-label="Order"
            className="w-40"
            items={[
              { value: "newest", label: "Newest first" },
              { value: "largest", label: number?.unit === "duration" ? "Longest first" : "Most stars first" },
            ]}
            value={sort}
            onValueChange={setSort}
          />
        ) : undefined}
        <a
          className={buttonVariants()}
          download
          href={rowsAddress("rows/export", place, { ...picked, sort })}
        >
          <Download aria-hidden />
          CSV
        </a>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label="Conversations" tabIndex={0} className="min-h-0 flex-1 overflow-y-auto">
        {rows === undefined ? <Waiting failed={isError} onRetry={() => void refetch()} /> : undefined}
        {rows?.length === 0 ? (
          <EmptyState title="Nothing here">No conversation counts towards this.</EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {rows?.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a conversation may be here more than once
              <li key={`${row.conversationId}-${at}`}>
                <Row row={row} unit={number?.unit} zone={zone} />
              </li>
            ))}
          </ul>
        )}
        {hasNextPage ? (
          <div className="p-3 text-center">
            <Button variant="ghost" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              Show more
            </Button>
          </div>
        ) : undefined}
      </section>
    </>
  );
}

function Waiting({ failed, onRetry }: { failed: boolean; onRetry: () => void }) {
  if (failed) {
    return (
      <EmptyState title="This could not be read" action={<Button onClick={onRetry}>Try again</Button>}>
        The server gave no answer just now.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3 p-5">
      {["w-3/4", "w-2/3", "w-4/5", "w-1/2"].map((width) => (
        <Skeleton key={width} className={`h-9 ${width}`} />
      ))}
    </div>
  );
}

type RowProps = { row: FactRow; unit: ReportNumber["unit"] | undefined; zone: string | undefined };

function Row({ row, unit, zone }: RowProps) {
  const { conversationId, customer, channel, snippet, operator, at, value, counts, comment } = row;
  const moment = new Date(at).toLocaleString("en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: zone,
  });
  return (
    <Link href={`/inbox/${conversationId}?view=all`} className="flex gap-3 px-5 py-3 hover:bg-hover">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-1.5 text-sm">
          <ChannelIcon channel={channel} className="size-3.5 text-ink-3" />
          <span className="sr-only">{channelLabel(channel)}</span>
          <span className="truncate font-medium text-ink">{customer}</span>
        </p>
        <p className="truncate text-ink-2 text-sm">{comment === undefined ? snippet : `“${comment}”`}</p>
        <p className="text-ink-3 text-xs">
          <time dateTime={at}>{moment}</time>
          {operator === undefined ? undefined : ` · ${operator}`}
        </p>
      </div>
      <div className="shrink-0 text-end text-sm">
        {unit === "duration" && value !== undefined ? (
          <span className="font-medium text-ink tabular-nums">{durationWords(value)}</span>
        ) : undefined}
        {unit === "score" && value !== undefined ? <Stars score={value} /> : undefined}
        {unit === "share" ? (
          <span className={counts ? "font-medium text-ink" : "text-ink-3"}>
            {counts ? "Counts" : "Does not"}
          </span>
        ) : undefined}
      </div>
    </Link>
  );
}

function Stars({ score }: { score: number }) {
  return (
    <span className="inline-flex items-center gap-1 font-medium text-ink tabular-nums">
      {score}
      <Star className="size-3.5 fill-amber text-amber" aria-hidden />
      <span className="sr-only">of 5 stars</span>
    </span>
  );
}
