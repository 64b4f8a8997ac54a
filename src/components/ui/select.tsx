"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { useFieldProps } from "./field.tsx";
import { controlClass } from "./input.tsx";
import { popupClass } from "./menu.tsx";

export type SelectItem<Value extends string> = { value: Value; label: ReactNode; description?: string };

type Props<Value extends string> = {
  items: SelectItem<Value>[];
  value?: Value | undefined;
  defaultValue?: Value;
  onValueChange?: (value: Value) => void;
  name?: string;
  id?: string;
  placeholder?: string;
  disabled?: boolean;
  "aria-label"?: string;
  className?: string;
};

/** One choice of a short list. */
export function Select<Value extends string>({ items, onValueChange, placeholder, ...props }: Props<Value>) {
  const field = useFieldProps(props);
  const { className, "aria-label": label, id, ...rest } = props;
  return (
    <Base.Root
      {...rest}
      items={items}
      onValueChange={(value) => {
        if (value !== null) onValueChange?.(value);
      }}
    >
      <Base.Trigger
        {...field}
        id={id ?? field.id}
        aria-label={label}
        className={cn(
          controlClass,
          "inline-flex h-8 items-center justify-between gap-2 text-start",
          className,
        )}
      >
        <Base.Value placeholder={placeholder ?? "Choose…"} className="truncate" />
        <Base.Icon>
          <ChevronsUpDown className="size-3.5 text-ink-3" aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup className={cn(popupClass, "min-w-(--anchor-width)")}>
            <Base.List>
              {items.map((item) => (
                <Base.Item
                  key={item.value}
                  value={item.value}
                  className="flex cursor-default select-none items-start gap-2 rounded-md px-2 py-1.5 text-sm outline-none data-highlighted:bg-hover"
                >
                  <span className="mt-0.5 size-4 shrink-0">
                    <Base.ItemIndicator>
                      <Check className="size-4 text-accent-ink" aria-hidden />
                    </Base.ItemIndicator>
                  </span>
                  <span>
                    <Base.ItemText>{item.label}</Base.ItemText>
                    {item.description ? (
                      <span className="block text-ink-3 text-xs">{item.description}</span>
                    ) : undefined}
                  </span>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
