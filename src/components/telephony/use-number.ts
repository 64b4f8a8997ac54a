"use client";

import { useStored } from "#components/inbox/use-stored.ts";

/** Numbers of those that are given to nobody; the line's own is not among them. */
const first = "+12065550101";
const many = 99;

/** The number of the practice phone in this browser; a new one is a customer whom nobody knows. */
export function useNumber() {
  const [number, setNumber] = useStored("practice-number", first);
  return {
    number,
    change: () => {
      const other = 1 + ((Number(number.slice(-2)) + Math.floor(Math.random() * (many - 1))) % many);
      setNumber(`${first.slice(0, -2)}${String(other).padStart(2, "0")}`);
    },
  };
}

export type OwnNumber = ReturnType<typeof useNumber>;
