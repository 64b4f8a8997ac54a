"use client";

import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { useFieldProps } from "./field.tsx";

export const controlClass = cn(
  "w-full rounded-md border border-line-strong bg-surface px-2.5 text-base text-ink shadow-xs sm:text-sm",
  "transition-colors hover:border-ink-3/60 focus-visible:border-accent focus-visible:outline-offset-0",
  "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-3 aria-invalid:border-red",
);

/** One line of text. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...useFieldProps(rest)} {...rest} className={cn(controlClass, "h-8", className)} />;
}

/** Several lines of text; it grows with its words. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={rows}
      {...useFieldProps(rest)}
      {...rest}
      className={cn(controlClass, "field-sizing-content min-h-16 py-1.5 leading-5", className)}
    />
  );
}
