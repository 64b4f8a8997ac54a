"use client";

import { Switch as Base } from "@base-ui/react/switch";
import { cn, type Styled } from "./cn.ts";
import { useFieldProps } from "./field.tsx";

/** On or off, at once. */
export function Switch({ className, ...rest }: Styled<typeof Base.Root>) {
  return (
    <Base.Root
      {...useFieldProps({ id: rest.id })}
      {...rest}
      className={cn(
        "inline-flex h-5 w-9 shrink-0 items-center rounded-full bg-line-strong p-0.5 transition-colors",
        "data-checked:bg-accent data-disabled:cursor-not-allowed data-disabled:opacity-50",
        className,
      )}
    >
      <Base.Thumb className="size-4 rounded-full bg-white shadow-sm transition-transform data-checked:translate-x-4 rtl:data-checked:-translate-x-4" />
    </Base.Root>
  );
}
