"use client";

import { type ReactNode, useSyncExternalStore } from "react";
import { cn } from "./cn.ts";

const tones = {
  light: "border-line bg-sunken text-ink-2",
  dark: "border-white/20 bg-white/10 text-white/85",
};

/** One key of a keyboard. */
export function Kbd({ children, tone = "light" }: { children: ReactNode; tone?: keyof typeof tones }) {
  return (
    <kbd
      className={cn(
        "inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border px-1 font-sans text-2xs",
        tones[tone],
      )}
    >
      {children}
    </kbd>
  );
}

/** A shortcut such as "⌘ K": its keys, parted by spaces, as the reader's own keyboard names them. */
export function Keys({ keys, tone = "light" }: { keys: string; tone?: keyof typeof tones }) {
  const apple = useSyncExternalStore(never, isApple, () => true);
  return (
    <span className="inline-flex shrink-0 gap-0.5">
      {keys.split(" ").map((key) => (
        <Kbd key={key} tone={tone}>
          {apple ? key : (elsewhere[key] ?? key)}
        </Kbd>
      ))}
    </span>
  );
}

const elsewhere: Record<string, string> = { "⌘": "Ctrl", "⌥": "Alt", "⇧": "Shift" };
const never = () => () => {};

function isApple(): boolean {
  return /mac|iphone|ipad/i.test(navigator.platform);
}
