"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./button.tsx";
import { cn } from "./cn.ts";

type Props = { value: string; label: string; multiline?: boolean; className?: string };

/** Text to take away with one press: a link, a key, a snippet. */
export function CopyField({ value, label, multiline, className }: Props) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_600);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <div
      className={cn(
        "flex gap-2 rounded-md border border-line bg-sunken ps-2.5 pe-1",
        multiline ? "items-start py-1" : "h-9 items-center",
        className,
      )}
    >
      <code
        className={cn(
          "min-w-0 flex-1 font-mono text-ink-2 text-xs",
          multiline ? "whitespace-pre-wrap break-all py-1.5" : "truncate",
        )}
      >
        {value}
      </code>
      <IconButton
        size="sm"
        label={copied ? "Copied" : `Copy ${label}`}
        icon={copied ? <Check className="text-green-ink" aria-hidden /> : <Copy aria-hidden />}
        onClick={async () => {
          await navigator.clipboard.writeText(value);
          setCopied(true);
        }}
      />
    </div>
  );
}
