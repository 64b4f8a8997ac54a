"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import type { ChatTransport } from "#components/realtime/chat-transport.ts";
import { IconButton } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { paint, sample } from "./sample.ts";

/** The code of a small chat, ready to be taken away. */
export function CodeSample({ transport }: { transport: ChatTransport }) {
  const [copied, setCopied] = useState(false);
  const code = sample(transport);
  return (
    <Card aria-label="Code" className="min-w-0 overflow-hidden">
      <CardHeader
        title="The whole of it"
        description="Twelve lines. The rest is looks."
        actions={
          <IconButton
            label={copied ? "Copied" : "Copy the code"}
            icon={copied ? <Check className="text-green-ink" aria-hidden /> : <Copy aria-hidden />}
            onClick={async () => {
              await navigator.clipboard.writeText(code);
              setCopied(true);
              setTimeout(() => setCopied(false), 1_600);
            }}
          />
        }
      />
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are read by the arrow keys too.
        tabIndex={0}
        className="overflow-x-auto bg-sunken/60 px-4 py-4 font-mono text-ink text-xs leading-6"
      >
        <code>
          {paint(code).map(({ at, text, look }) => (
            <span key={at} className={look}>
              {text}
            </span>
          ))}
        </code>
      </pre>
      <p className="border-line border-t px-5 py-3 text-ink-3 text-sm">
        <Name>onMessage</Name>, <Name>onAgentJoined</Name>, <Name>onTyping</Name> and <Name>onError</Name>{" "}
        tell you what happens, as it happens.
      </p>
    </Card>
  );
}

function Name({ children }: { children: string }) {
  return <code className="font-mono text-ink-2 text-xs">{children}</code>;
}
