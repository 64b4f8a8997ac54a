import { useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Chat } from "./chat/store.ts";
import { ConnectionDetails } from "./connection-details.tsx";
import { Icon } from "./icons.tsx";

/** The menu of the window; the way to a person is always its first line. */
export function Menu({ chat }: { chat: Chat }) {
  const open = useSignal(false);
  const details = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const state = chat.conversation.value?.state.state;
  const withPerson = state === "WAITING_HUMAN" || state === "WITH_HUMAN";

  function close({ back = true } = {}) {
    open.value = false;
    details.value = false;
    if (back) button.current?.focus();
  }

  useSignalEffect(() => {
    if (!open.value) return;
    items(menu.current)[0]?.focus();
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && menu.current?.parentElement?.contains(event.target)) return;
      close({ back: false });
    };
    addEventListener("pointerdown", outside);
    return () => removeEventListener("pointerdown", outside);
  });

  function keys(event: KeyboardEvent) {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
      return;
    }
    if (event.key === "Tab") close({ back: false });
    const all = items(menu.current);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1 + all.length,
      Home: 0,
      End: all.length - 1,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all[next % all.length]?.focus();
  }

  return (
    <div class="menu-home">
      <button
        ref={button}
        type="button"
        class="icon-button"
        aria-label="Menu"
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => {
          if (open.value) close();
          else open.value = true;
        }}
      >
        <Icon name="more" />
      </button>
      {open.value && (
        <div ref={menu} class="menu" role="menu" aria-label="Menu" tabIndex={-1} onKeyDown={keys}>
          {!withPerson && (
            <button
              type="button"
              role="menuitem"
              onClick={() => {
                close({ back: false });
                chat.escalate();
              }}
            >
              <Icon name="person" />
              Talk to a person
            </button>
          )}
          <button
            type="button"
            role="menuitem"
            onClick={() => {
              close({ back: false });
              chat.topics.screen.value = "topics";
            }}
          >
            <Icon name="topic" />
            Topics
          </button>
          <button
            type="button"
            role="menuitemcheckbox"
            aria-checked={!chat.muted.value}
            onClick={() => chat.setMuted(!chat.muted.value)}
          >
            <Icon name={chat.muted.value ? "mute" : "bell"} />
            {chat.muted.value ? "Sound is off" : "Sound is on"}
          </button>
          <button
            type="button"
            role="menuitem"
            aria-expanded={details.value}
            onClick={() => {
              details.value = !details.value;
            }}
          >
            <Icon name="signal" />
            Connection
          </button>
          {details.value && <ConnectionDetails chat={chat} />}
        </div>
      )}
    </div>
  );
}

function items(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
}
