"use client";

import { useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { toast } from "#components/ui/toaster.tsx";

type Page<Item> = { items: Item[]; next: string | undefined };

/** A list that the server began and `more` goes on with, a page at a time; `restart` goes back to the beginning. */
export function useMore<Item, Body>(first: Body, path: string, read: (body: Body) => Page<Item>) {
  const [later, setLater] = useState<Page<Item>>();
  const [busy, setBusy] = useState(false);
  const start = read(first);
  const items = [...start.items, ...(later?.items ?? [])];
  const next = later === undefined ? start.next : later.next;

  async function more() {
    setBusy(true);
    const outcome = await callApi<Body>("GET", `${path}?cursor=${encodeURIComponent(next ?? "")}`);
    setBusy(false);
    if (!outcome.ok) {
      toast.error(outcome.message);
      return;
    }
    const page = read(outcome.data);
    setLater({ items: [...(later?.items ?? []), ...page.items], next: page.next });
  }

  return { items, hasMore: next !== undefined, busy, more, restart: () => setLater(undefined) };
}
