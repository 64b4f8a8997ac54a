"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactElement, type ReactNode, type RefObject, useState } from "react";
import { IconButton } from "./button.tsx";
import { cn } from "./cn.ts";

type Props = {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: ReactElement<Record<string, unknown>>;
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  /** Where focus begins, where that is not the first thing of the question. */
  initialFocus?: RefObject<HTMLElement | null>;
  className?: string;
  children?: ReactNode;
};

const backdropClass =
  "fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0";

/** A question in the middle of the screen; Esc or a press beside it closes it. */
export function Dialog({
  open,
  onOpenChange,
  trigger,
  title,
  description,
  footer,
  initialFocus,
  className,
  children,
}: Props) {
  const [opener] = useState(() => (open ? focused() : undefined));
  // Opened by a key, focus goes back to where it was, be that nowhere, and not to the first thing of the page.
  const back = opener && opener !== document.body && (() => opener);
  return (
    <Base.Root {...(open === undefined ? {} : { open })} onOpenChange={(next) => onOpenChange?.(next)}>
      {trigger ? <Base.Trigger render={trigger} /> : undefined}
      <Base.Portal>
        <Base.Backdrop className={backdropClass} />
        <Base.Viewport className="fixed inset-0 z-40 flex items-end justify-center overflow-y-auto p-3 sm:items-center">
          <Base.Popup
            finalFocus={back}
            initialFocus={initialFocus}
            className={cn(
              "relative flex max-h-full w-full max-w-md flex-col rounded-xl border border-line bg-raised shadow-lg outline-none",
              "transition-[opacity,translate] duration-150 data-ending-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0",
              className,
            )}
          >
            <header className="px-5 pt-4 pe-12">
              <Base.Title className="font-semibold text-ink text-lg">{title}</Base.Title>
              {description ? (
                <Base.Description className="mt-0.5 text-ink-2 text-sm">{description}</Base.Description>
              ) : undefined}
            </header>
            <div className="min-h-0 overflow-y-auto px-5 py-4">{children}</div>
            {footer ? (
              <footer className="flex justify-end gap-2 border-line border-t px-5 py-3">{footer}</footer>
            ) : undefined}
            {/* Last in order, so that focus begins with the question and not with the way out. */}
            <Base.Close
              render={
                <IconButton
                  label="Close"
                  keys="Esc"
                  icon={<X aria-hidden />}
                  className="absolute end-3 top-3"
                />
              }
            />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

function focused(): HTMLElement | undefined {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement ? activeElement : undefined;
}
