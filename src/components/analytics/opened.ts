"use client";

import { useState } from "react";
import type { Report } from "#contracts/analytics";
import { type Picked, useBreakdown } from "./data.ts";
import type { Place } from "./place.ts";
import { partName, rangeWords } from "./words.ts";

/** Which rows are open: those that the address asked for, until others are picked or they are closed. */
export function useOpened(place: Place, report: Report | undefined) {
  const [picked, setPicked] = useState<Picked | "closed">();
  const { number: id, part } = place.rows ?? {};
  const { data } = useBreakdown(place, id ?? "conversations", part?.by ?? "channel", {
    enabled: part !== undefined,
  });
  if (picked !== undefined) return [picked === "closed" ? undefined : picked, setPicked] as const;
  const number = report?.numbers.find((each) => each.id === id);
  if (number === undefined) return [undefined, setPicked] as const;
  const { name } = number;
  const all: Picked = { number: number.id, name, words: rangeWords(place) };
  if (part === undefined) return [all, setPicked] as const;
  const label = data?.parts.find(({ key }) => key === part.key)?.label ?? "…";
  const words = `${partName(part.by, part.key, label)}, ${rangeWords(place)}`;
  return [{ ...all, words, by: part.by, part: part.key }, setPicked] as const;
}
