"use client";

import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { callsAmong } from "#components/inbox/calls/calls-among.ts";
import { type ListFilters, ListSort, type OperatorView, View } from "#contracts/operator";
import { api } from "./api.ts";
import { applyEvent, bringsNewcomer, type InboxCache } from "./apply-event.ts";
import type { InboxEvent } from "./events.ts";
import { type Counts, type ListRef, type RowList, rowsOf } from "./rows.ts";
import { type Thread, threadOf, withOlder } from "./thread.ts";

export const keys = {
  list: ({ view, filters, sort = "usual" }: ListRef) => ["list", view, filters, sort] as const,
  thread: (id: string) => ["thread", id] as const,
  decisions: (id: string) => ["decisions", id] as const,
  counts: ["counts"] as const,
  operators: ["operators"] as const,
};

/** The rows of a list, page by page; `enabled: false` where another list is shown instead. */
export function useRows(ref: ListRef, { enabled = true } = {}) {
  const client = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: keys.list(ref),
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const page = await api.list(ref, pageParam, signal);
      client.setQueryData<Counts>(keys.counts, page.counts);
      return page;
    },
    getNextPageParam: (page) => page.next,
  });
  return { ...query, rows: rowsOf(ref, query.data) };
}

/** How many conversations stand in each view. */
export function useCounts() {
  return useQuery<Counts>({
    queryKey: keys.counts,
    queryFn: async ({ signal }) =>
      (await api.list({ view: "needs_response", filters: {} }, undefined, signal)).counts,
  }).data;
}

/** One conversation, whole. */
export function useThread(id: string | undefined) {
  const client = useQueryClient();
  return useQuery({ ...threadQuery(client, id ?? ""), enabled: id !== undefined });
}

/** Fetches a conversation before it is asked for. */
export function prefetchThread(client: QueryClient, id: string) {
  client.prefetchQuery(threadQuery(client, id));
}

function threadQuery(client: QueryClient, id: string) {
  return {
    queryKey: keys.thread(id),
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      threadOf(await api.detail(id, signal), client.getQueryData<Thread>(keys.thread(id))),
  };
}

/** Why a conversation did, or did not, go to a person: the newest first, and what came before as it is asked for. */
export function useDecisions(id: string) {
  return useInfiniteQuery({
    queryKey: keys.decisions(id),
    queryFn: ({ pageParam, signal }) => api.decisions(id, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ decisions, more }) => (more ? decisions[0]?.id : undefined),
    select: ({ pages }) => pages.flatMap(({ decisions }) => decisions.toReversed()),
  });
}

/** The templates that a conversation's connection can send; asked for anew after a while, as the platform tells no change. */
export function useTemplates(id: string, connectionId: string) {
  return useQuery({
    queryKey: ["templates", connectionId],
    queryFn: ({ signal }) => api.templates(id, signal),
    staleTime: 5 * 60_000,
    retry: false,
  });
}

/** Contacts whose name or address holds these words; those found before stay until the new ones are there. */
export function useContacts(query: string) {
  return useQuery({
    queryKey: ["contacts", query],
    queryFn: ({ signal }) => api.contacts(query, signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 60_000,
  });
}

/** The operators of the company, with who is there. */
export function useOperators() {
  return useQuery({ queryKey: keys.operators, queryFn: ({ signal }) => api.operators(signal) }).data ?? [];
}

/** Fetches the page before the oldest message that is shown, and the calls that stand in it. */
export async function loadOlder(client: QueryClient, id: string) {
  const thread = client.getQueryData<Thread>(keys.thread(id));
  if (!thread) return;
  const first = thread.messages[0];
  const page = thread.more && first ? await api.older(id, first.seq) : { messages: [], more: false };
  const older = { ...page, ...(await callsAmong(thread, page.messages)) };
  client.setQueryData<Thread>(keys.thread(id), (now) => now && withOlder(now, older));
}

/** Lets the caches follow an event, and fetches what it cannot tell. */
export function followEvent(client: QueryClient, event: InboxEvent, me: string) {
  if (event.type === "row") client.invalidateQueries({ queryKey: ["topics", event.row.customer.id] });
  // Whom the queue asks stands in the conversation alone.
  if (event.type === "alert" && event.alert.kind === "offered")
    client.invalidateQueries({ queryKey: keys.thread(event.conversationId) });
  if (names(event, me)) client.invalidateQueries({ queryKey: ["desk", "mentions"] });
  const before = readCache(client);
  if (bringsNewcomer(event, before)) client.invalidateQueries({ queryKey: keys.operators });
  const after = applyEvent(before, event, { me, now: Date.now() });
  if (after === before) return;

  writeCache(client, before, after);
  if (event.type === "message" || event.type === "state") {
    client.invalidateQueries({ queryKey: keys.decisions(event.conversationId) });
  }
  const thread = "conversationId" in event && after.threads[event.conversationId ?? ""];
  if (thread && tellsTooLittle(event, thread)) {
    client.invalidateQueries({ queryKey: keys.thread(thread.row.id) });
  }
  if (after.unsure) refreshCounts(client);
  for (const [id, thread] of Object.entries(after.threads)) {
    if (thread.stale) client.invalidateQueries({ queryKey: keys.thread(id) });
  }
}

/** A note that names this operator stands among their mentions. */
function names(event: InboxEvent, me: string): boolean {
  return (
    event.type === "message" &&
    event.message.data?.kind === "mention" &&
    event.message.data.operators.includes(me)
  );
}

function tellsTooLittle(event: InboxEvent, { channel }: Thread): boolean {
  // What the assistant hands over, and who took it, is only in the whole conversation.
  if (event.type === "state") return ["escalate", "accept", "takeOver"].includes(event.move);
  if (channel === undefined) return false;
  // The customer's word opens the reply window again; a failure may mean a block or a connection that was revoked.
  if (event.type === "message") return event.message.author.kind === "customer";
  return event.type === "delivery" && event.delivery.state === "failed";
}

/** Fetches everything that stands on screen again: the stream could not tell what was missed. */
export function refreshAll(client: QueryClient) {
  client.invalidateQueries({ queryKey: ["list"] });
  client.invalidateQueries({ queryKey: ["thread"] });
  client.invalidateQueries({ queryKey: ["decisions"] });
  client.invalidateQueries({ queryKey: ["desk"] });
}

/** Everything this window knows now. */
export function readCache(client: QueryClient): InboxCache {
  const lists: InboxCache["lists"] = client
    .getQueriesData<RowList>({ queryKey: ["list"] })
    .flatMap(([key, list]) => {
      const view = View.safeParse(key[1]).data;
      const ref = { filters: (key[2] ?? {}) as ListFilters, sort: ListSort.safeParse(key[3]).data };
      return list && view ? [{ ref: { view, ...ref }, list }] : [];
    });
  const threads: InboxCache["threads"] = {};
  for (const [key, thread] of client.getQueriesData<Thread>({ queryKey: ["thread"] })) {
    if (thread) threads[String(key[1])] = thread;
  }
  return {
    lists,
    threads,
    counts: client.getQueryData<Counts>(keys.counts),
    operators: client.getQueryData<OperatorView[]>(keys.operators),
  };
}

function writeCache(client: QueryClient, before: InboxCache, after: InboxCache) {
  for (const [index, { ref, list }] of after.lists.entries()) {
    if (list !== before.lists[index]?.list) client.setQueryData(keys.list(ref), list);
  }
  for (const [id, thread] of Object.entries(after.threads)) {
    if (thread !== before.threads[id]) client.setQueryData(keys.thread(id), thread);
  }
  if (after.counts !== before.counts) client.setQueryData(keys.counts, after.counts);
  if (after.operators !== before.operators) client.setQueryData(keys.operators, after.operators);
}

let refreshing: ReturnType<typeof setTimeout> | undefined;

/** At most once in a while, however many conversations nobody here has looked at yet are stirring. */
function refreshCounts(client: QueryClient) {
  if (refreshing) return;
  refreshing = setTimeout(() => {
    refreshing = undefined;
    client.invalidateQueries({ queryKey: keys.counts });
  }, 1_500);
}
