"use client";

import { useEffect, useState } from "react";
import { agoWords } from "./ago-words.ts";

/** How long ago something was; it counts on while the page stands. The exact moment is its title. */
export function Ago({ value }: { value: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return (
    // The server's clock and the browser's may differ by a word; that is no reason to draw the page again.
    <time dateTime={value} title={value} dir="auto" className="whitespace-nowrap" suppressHydrationWarning>
      {agoWords(value, now)}
    </time>
  );
}
