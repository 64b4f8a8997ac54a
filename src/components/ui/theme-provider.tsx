"use client";

import { ThemeProvider as Themes } from "next-themes";
import type { ReactNode } from "react";
import { TooltipProvider } from "./tooltip.tsx";

/** Light, dark or as the system is; kept in the browser. */
export function ThemeProvider({ children, nonce }: { children: ReactNode; nonce?: string | undefined }) {
  return (
    <Themes attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <TooltipProvider delay={350}>{children}</TooltipProvider>
    </Themes>
  );
}
