"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

export { toast } from "sonner";

/** Where short messages appear; stands once, in the root layout. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="top-right"
      offset={{ top: 60, right: 16 }}
      mobileOffset={{ top: 60 }}
      gap={8}
      toastOptions={{
        classNames: { actionButton: "!bg-accent !text-on-accent" },
        style: {
          background: "var(--raised)",
          color: "var(--ink)",
          borderColor: "var(--line)",
          fontFamily: "var(--font-sans)",
        },
      }}
    />
  );
}
