"use client";

import type { ComponentProps } from "react";
import { cn } from "#components/ui/cn.ts";
import { Input } from "#components/ui/input.tsx";

/** A time of day, narrow enough for two of them beside each other on a phone. */
export function TimeInput({ className, ...rest }: Omit<ComponentProps<"input">, "type">) {
  return (
    <Input
      {...rest}
      type="time"
      // The browser's clock sign would cover the last letters; a press on a phone opens its wheel all the same.
      className={cn("w-28 min-w-0 tabular-nums [&::-webkit-calendar-picker-indicator]:hidden", className)}
    />
  );
}
