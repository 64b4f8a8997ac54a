"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { asWireError, readWireError } from "#client/wire-error";
import {
  Breakdown,
  type Dimension,
  FilterChoices,
  Heatmap,
  type NumberId,
  Report,
  RowsPage,
  Wall,
} from "#contracts/analytics";
import type { Place } from "./place.ts";

/** Which rows of a number are looked at: all of it, a part, a span of days, or an hour of the week. */
export type Picked = {
  number: NumberId;
  name: string;
  /** What was pressed, in words. */
  words: string;
  from?: string;
  to?: string;
  by?: Dimension;
  part?: string;
  weekday?: number;
  hour?: number;
};

type Parts = Record<string, string | number | undefined>;

/** The address of an analytics route. */
export function addressOf(route: string, place: Place, parts: Parts = {}): string {
  const { from, to, filters } = place;
  const all = Object.entries({ from, to, ...filters, ...parts });
  const query = new URLSearchParams(
    all.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  return `/api/agent/analytics/${route}?${query}`;
}

async function get<T>(url: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
  const response = await fetch(url, { cache: "no-store", signal }).catch((error) => {
    throw signal.aborted ? error : asWireError(error);
  });
  if (!response.ok) throw await readWireError(response);
  return schema.parse(await response.json());
}

/** The numbers of a report. They are asked for again every half minute while somebody looks. */
export function useReport(place: Place, numbers: NumberId[]) {
  const { by, compare } = place;
  const url = addressOf("report", place, { by, compare, numbers: numbers.join(",") });
  return useQuery({
    queryKey: ["report", url],
    queryFn: ({ signal }) => get(url, Report, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

export function useBreakdown(place: Place, number: NumberId, by: Dimension, { enabled = true } = {}) {
  const url = addressOf("breakdown", place, { number, by });
  return useQuery({
    queryKey: ["breakdown", url],
    queryFn: ({ signal }) => get(url, Breakdown, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useHeatmap(place: Place, number: NumberId) {
  const url = addressOf("heatmap", place, { number });
  return useQuery({
    queryKey: ["heatmap", url],
    queryFn: ({ signal }) => get(url, Heatmap, signal),
    placeholderData: keepPreviousData,
  });
}

export function useChoices() {
  return useQuery({
    queryKey: ["choices"],
    queryFn: ({ signal }) => get("/api/agent/analytics/choices", FilterChoices, signal),
    staleTime: 5 * 60_000,
    // Nothing to choose from yet: the first conversations are just being counted.
    refetchInterval: ({ state }) => (state.data?.channels.length === 0 ? 10_000 : false),
  });
}

/** How things stand now; asked every five seconds while the page is in front. */
export function useWall() {
  return useQuery({
    queryKey: ["wall"],
    queryFn: ({ signal }) => get("/api/agent/analytics/wall", Wall, signal),
    refetchInterval: 5_000,
  });
}

/** The address of the rows that were picked, as pages or as a table. */
export function rowsAddress(
  route: "rows" | "rows/export",
  place: Place,
  { number, from, to, by, part, weekday, hour, sort }: Omit<Picked, "name" | "words"> & { sort: string },
): string {
  const span = { ...place, from: from ?? place.from, to: to ?? place.to };
  return addressOf(route, span, { number, by, part, weekday, hour, sort });
}

export function useRows(place: Place, picked: Picked, sort: string) {
  const url = rowsAddress("rows", place, { ...picked, sort });
  return useInfiniteQuery({
    queryKey: ["rows", url],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      get(pageParam === "" ? url : `${url}&cursor=${encodeURIComponent(pageParam)}`, RowsPage, signal),
    getNextPageParam: (page) => page.next,
  });
}
