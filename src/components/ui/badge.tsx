import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

export const badgeVariants = cva(
  "inline-flex shrink-0 items-center gap-1 whitespace-nowrap rounded-full border px-1.5 py-px font-medium text-2xs [&_svg]:size-3 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        neutral: "border-line bg-sunken text-ink-2",
        accent: "border-accent/20 bg-accent-soft text-accent-ink",
        amber: "border-amber-line bg-amber-soft text-amber-ink",
        green: "border-green-line bg-green-soft text-green-ink",
        red: "border-red-line bg-red-soft text-red-ink",
        violet: "border-violet-ink/20 bg-violet-soft text-violet-ink",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

/** A word about a thing's condition; colour is never its only sign. */
export function Badge({
  tone,
  className,
  ...rest
}: ComponentProps<"span"> & VariantProps<typeof badgeVariants>) {
  return <span {...rest} className={cn(badgeVariants({ tone }), className)} />;
}
