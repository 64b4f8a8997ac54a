"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { OperatorDesk, TeamView } from "#contracts/desk";
import type { SearchPage } from "#contracts/search";
import { get } from "./call.ts";
import { desk } from "./desk-api.ts";

const minute = 60_000;

export const deskKeys = {
  canned: ["desk", "canned"] as const,
  macros: ["desk", "macros"] as const,
  tags: ["desk", "tags"] as const,
  views: ["desk", "views"] as const,
  drafts: ["desk", "drafts"] as const,
  mentions: ["desk", "mentions"] as const,
  contact: (id: string) => ["desk", "contact", id] as const,
};

/** The canned responses that this operator can use. */
export function useCanned() {
  return useQuery({
    queryKey: deskKeys.canned,
    queryFn: ({ signal }) => desk.canned(signal),
    staleTime: 5 * minute,
  });
}

/** The macros that this operator can run. */
export function useMacros() {
  return useQuery({
    queryKey: deskKeys.macros,
    queryFn: ({ signal }) => desk.macros(signal),
    staleTime: 5 * minute,
  });
}

/** What a macro would do with a conversation as it stands now. */
export function useMacroPreview(macroId: string | undefined, conversationId: string) {
  return useQuery({
    queryKey: ["desk", "preview", macroId, conversationId],
    queryFn: ({ signal }) => desk.previewMacro(macroId ?? "", conversationId, signal),
    enabled: macroId !== undefined,
    staleTime: 0,
    gcTime: 0,
  });
}

/** The tags in use that begin with these letters; those found before stay until the new ones are there. */
export function useTags(words: string) {
  return useQuery({
    queryKey: [...deskKeys.tags, words],
    queryFn: ({ signal }) => desk.tags(words, signal),
    placeholderData: keepPreviousData,
    staleTime: minute,
  });
}

/** The lists that somebody saved, with how much is in each where that is known. */
export function useSavedViews() {
  return useQuery({
    queryKey: deskKeys.views,
    queryFn: ({ signal }) => desk.views(signal),
    staleTime: minute,
    refetchInterval: minute,
  });
}

/** The teams of the company. */
export function useTeams() {
  return useQuery({
    queryKey: ["desk", "teams"],
    queryFn: async ({ signal }) =>
      (await get("/api/admin/teams", z.object({ teams: z.array(TeamView) }), signal)).teams,
    staleTime: minute,
    refetchInterval: minute,
    retry: false,
  });
}

/** The operators of the company with what each can do. */
export function useDeskOperators() {
  return useQuery({
    queryKey: ["desk", "operators"],
    queryFn: async ({ signal }) =>
      (await get("/api/admin/operators", z.object({ operators: z.array(OperatorDesk) }), signal)).operators,
    staleTime: minute,
    retry: false,
  });
}

/** The notes that name this operator, page by page. */
export function useMentions({ enabled = true } = {}) {
  return useInfiniteQuery({
    queryKey: deskKeys.mentions,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => desk.mentions(pageParam, signal),
    getNextPageParam: (page) => page.next,
    enabled,
  });
}

/** What was found, page by page; what was found before stays until the new is there. */
export function useSearchHits({ q, kind }: { q: string; kind: SearchPage["kind"] }) {
  return useInfiniteQuery({
    queryKey: ["search", kind, q],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => desk.search({ q, kind, cursor: pageParam, limit: 30 }, signal),
    getNextPageParam: (page) => page.next,
    enabled: q !== "",
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: minute,
    retry: false,
  });
}

/** The other conversations of the same customer, page by page. */
export function usePast(conversationId: string) {
  return useInfiniteQuery({
    queryKey: ["desk", "past", conversationId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => desk.past(conversationId, pageParam, signal),
    getNextPageParam: (page) => page.next,
    staleTime: minute,
  });
}

/** What the company knows of a contact. */
export function useContact(contactId: string) {
  return useQuery({
    queryKey: deskKeys.contact(contactId),
    queryFn: ({ signal }) => desk.contact(contactId, signal),
    staleTime: minute,
  });
}
