"use client";

import { MessageSquare, Phone as PhoneIcon, RefreshCw } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import type { PracticeLine } from "#contracts/practice";
import { phoneWords } from "./number-words.ts";
import { PhoneCallScreen } from "./phone-call-screen.tsx";
import { PhoneDial } from "./phone-dial.tsx";
import { PhoneMessages } from "./phone-messages.tsx";
import type { Call } from "./use-call.ts";
import type { Lead } from "./use-lead.ts";
import type { OwnNumber } from "./use-number.ts";

type Props = { line: PracticeLine; own: OwnNumber; lead: Lead; call: Call };
type App = "messages" | "phone";

/** The customer's phone: messages and a dialler, and the whole screen while there is a call. */
export function Phone({ line, own, lead, call }: Props) {
  const [app, setApp] = useState<App>("messages");
  const busy = call.now.is !== "idle";
  return (
    <section aria-label="The customer's phone" className="mx-auto w-full max-w-84 lg:sticky lg:top-0">
      <div className="flex h-[min(36rem,calc(100dvh-8rem))] min-h-112 lg:h-[min(42rem,calc(100dvh-9rem))] flex-col overflow-hidden rounded-[2.25rem] border-[0.625rem] border-ink/90 bg-surface shadow-lg dark:border-line-strong">
        <header className="flex shrink-0 items-center justify-between gap-2 border-line border-b px-4 py-2">
          <p className="min-w-0 text-2xs text-ink-3">
            This phone
            <bdi className="block truncate font-medium text-ink text-xs tabular-nums">
              {phoneWords(own.number)}
            </bdi>
          </p>
          <IconButton
            label="Use another number, as a new customer"
            size="sm"
            disabled={busy}
            icon={<RefreshCw aria-hidden />}
            onClick={own.change}
          />
        </header>
        {busy ? (
          <PhoneCallScreen line={line} call={call} />
        ) : (
          <>
            {app === "messages" ? (
              <PhoneMessages key={own.number} line={line} number={own.number} lead={lead} />
            ) : (
              <PhoneDial line={line} calls={lead.state.calls} onDial={call.dial} />
            )}
            <nav aria-label="Apps" className="grid shrink-0 grid-cols-2 border-line border-t bg-canvas pb-1">
              <AppButton
                here={app === "messages"}
                icon={<MessageSquare />}
                onPress={() => setApp("messages")}
              >
                Messages
              </AppButton>
              <AppButton here={app === "phone"} icon={<PhoneIcon />} onPress={() => setApp("phone")}>
                Phone
              </AppButton>
            </nav>
          </>
        )}
      </div>
    </section>
  );
}

type AppButtonProps = { here: boolean; icon: ReactNode; onPress: () => void; children: string };

function AppButton({ here, icon, onPress, children }: AppButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={here}
      onClick={onPress}
      className={cn(
        "flex h-12 flex-col items-center justify-center gap-0.5 text-2xs outline-offset-[-3px] [&_svg]:size-4.5",
        here ? "font-semibold text-accent-ink" : "text-ink-3 hover:text-ink",
      )}
    >
      <span aria-hidden>{icon}</span>
      {children}
    </button>
  );
}
