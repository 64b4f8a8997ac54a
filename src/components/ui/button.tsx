"use client";

import { Button as BaseButton } from "@base-ui/react/button";
import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn, type Styled } from "./cn.ts";
import { Tooltip } from "./tooltip.tsx";

export const buttonVariants = cva(
  [
    "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium",
    "transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-50 data-disabled:opacity-50",
    "[&_svg]:size-4 [&_svg]:shrink-0",
  ],
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent shadow-xs hover:bg-accent-strong data-popup-open:bg-accent-strong",
        secondary:
          "border border-line-strong/80 bg-raised text-ink shadow-xs hover:bg-hover data-popup-open:bg-hover",
        ghost: "text-ink-2 hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink",
        amber: "border border-amber-line bg-amber-soft text-amber-ink hover:border-amber",
        danger: "bg-red text-white shadow-xs hover:bg-red-ink dark:hover:bg-red/85",
        link: "h-auto rounded-sm px-0 text-accent-ink underline-offset-4 hover:underline",
      },
      size: {
        sm: "h-7 px-2.5 text-xs [&_svg]:size-3.5",
        md: "h-8 px-3 text-sm",
        lg: "h-10 px-4 text-base",
      },
    },
    compoundVariants: [{ variant: "link", class: "h-auto px-0" }],
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export type ButtonProps = Styled<typeof BaseButton> &
  VariantProps<typeof buttonVariants> & { busy?: boolean };

/** A press with words on it. `busy` shows a spinner and takes no second press. */
export function Button({ variant, size, className, busy, disabled, children, ...rest }: ButtonProps) {
  return (
    <BaseButton
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={cn(buttonVariants({ variant, size }), className)}
    >
      {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : undefined}
      {children}
    </BaseButton>
  );
}

const square = { sm: "size-7 px-0", md: "size-8 px-0", lg: "size-10 px-0" };

export type IconButtonProps = Omit<ButtonProps, "children" | "aria-label"> & {
  label: string;
  icon: ReactNode;
  keys?: string;
  side?: ComponentProps<typeof Tooltip>["side"];
};

/** A press with only a picture: its label is its name and its tooltip. */
export function IconButton({ label, icon, keys, side, size, variant, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label} keys={keys} side={side}>
      <Button
        {...rest}
        aria-label={label}
        variant={variant ?? "ghost"}
        size={size}
        className={cn(square[size ?? "md"], className)}
      >
        {icon}
      </Button>
    </Tooltip>
  );
}
