import { type ClassValue, clsx } from "clsx";
import type { ComponentProps, ElementType } from "react";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["2xs", "xs", "sm", "base", "lg", "xl", "2xl"] }] } },
});

/** Joins class names; of two that set the same thing, the later one stays. */
export function cn(...classes: ClassValue[]) {
  return merge(clsx(classes));
}

/** The props of a part whose class name is plain text. */
export type Styled<Part extends ElementType> = Omit<ComponentProps<Part>, "className"> & {
  className?: string | undefined;
};
