"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { Dimension, NumberId, ReportQuery } from "#contracts/analytics";
import { type ReportName, reportNames } from "./reports.ts";

/** Which report is shown, of which range, narrowed to what: all of it stands in the address. */
export type Place = {
  report: ReportName;
  from: string;
  to: string;
  by: "day" | "week";
  compare: "previous" | "none";
  filters: Filters;
  /** The rows that the address opens at first; whoever goes on leaves them. */
  rows?: { number: NumberId; part?: { by: Dimension; key: string } };
};

export const filterNames = [
  "channel",
  "agentId",
  "teamId",
  "operatorId",
  "topic",
  "tag",
  "hours",
  "clock",
] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = Partial<Record<FilterName, string>>;

const dayLength = 24 * 60 * 60_000;

/** A date, so many days after another. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * dayLength).toISOString().slice(0, 10);
}

/** Today on the wall of whoever reads. */
export function today(now = new Date()): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The place that an address names; what it says wrongly is not said. */
export function placeOf(query: URLSearchParams, now = new Date()): Place {
  const until = today(now);
  const usual = { from: daysAfter(until, -29), to: until };
  const given = Object.fromEntries(query);
  const asked = ReportQuery.safeParse({ ...usual, ...given });
  const { from = usual.from, to = usual.to, by = "day", compare = "none" } = asked.success ? asked.data : {};
  const named = reportNames.find((name) => name === query.get("report"));
  const filters: Filters = {};
  for (const name of filterNames) {
    const value = query.get(name);
    if (asked.success && value) filters[name] = value;
  }
  return { report: named ?? "overview", from, to, by, compare, filters, rows: rowsOf(query) };
}

function rowsOf(query: URLSearchParams): Place["rows"] {
  const number = NumberId.safeParse(query.get("rows"));
  if (!number.success) return undefined;
  const by = Dimension.safeParse(query.get("split"));
  const key = query.get("part");
  return { number: number.data, ...(by.success && key !== null && { part: { by: by.data, key } }) };
}

/** The address of a place; what is as usual is left out of it. */
export function hrefOf(
  path: string,
  { report, from, to, by, compare, filters }: Place,
  now = new Date(),
): string {
  const query = new URLSearchParams();
  if (report !== "overview") query.set("report", report);
  const until = today(now);
  if (from !== daysAfter(until, -29) || to !== until) {
    query.set("from", from);
    query.set("to", to);
  }
  if (by !== "day") query.set("by", by);
  if (compare !== "none") query.set("compare", compare);
  for (const name of filterNames) if (filters[name]) query.set(name, filters[name]);
  return query.size === 0 ? path : `${path}?${query}`;
}

/** Where the reader is, and the way elsewhere without asking the server for a page. */
export function useReportPlace() {
  const path = usePathname();
  const query = useSearchParams();
  const place = useMemo(() => placeOf(new URLSearchParams(query)), [query]);
  const go = useCallback(
    (to: Partial<Place>) => window.history.pushState(null, "", hrefOf(path, { ...place, ...to })),
    [path, place],
  );
  return { place, go };
}
