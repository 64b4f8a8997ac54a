import { useSignal } from "@preact/signals";
import type { Chat } from "./chat/store.ts";
import { Icon } from "./icons.tsx";
import { placeInLine } from "./text/words.ts";

/** Offers a person, or says how the wait for one stands. */
export function HandoverCard({ chat }: { chat: Chat }) {
  const state = chat.conversation.value?.state;
  const busy = useSignal(false);
  const problem = useSignal<string | undefined>(undefined);
  if (state === undefined) return null;

  async function ask(act: () => Promise<string | undefined>) {
    busy.value = true;
    problem.value = await act();
    busy.value = false;
  }
  const trouble = problem.value && (
    <p class="problem" role="alert">
      {problem.value}
    </p>
  );

  if (state.state === "WAITING_HUMAN") {
    return (
      <section class="handover waiting" aria-label="Waiting for a person">
        <span class="pulse" aria-hidden="true">
          <Icon name="person" size={18} />
        </span>
        <div>
          <p class="handover-title">Connecting you to a support agent, please wait</p>
          <p class="handover-line">
            {[placeInLine(state.position), "keep writing, they will see it"].filter(Boolean).join(" · ")}
          </p>
          <button
            type="button"
            class="quiet"
            aria-disabled={busy.value}
            onClick={(event) => {
              // The button goes with the card; whoever came by keyboard writes on.
              const byKeyboard = event.currentTarget.matches(":focus-visible");
              ask(chat.cancel).then(() => byKeyboard && document.querySelector("textarea")?.focus());
            }}
          >
            Go back to the assistant
          </button>
          {trouble}
        </div>
      </section>
    );
  }

  const words = chat.conversation.value?.messages.findLast(({ notice }) => notice?.kind === "offer")?.text;
  if (!state.offered || state.state !== "ACTIVE") return null;
  return (
    <section class="handover" aria-label="Talk to a person">
      <p class="handover-title" dir="auto">
        {words ?? "Would you rather talk to a person?"}
      </p>
      <div class="handover-acts">
        <button type="button" class="primary" disabled={busy.value} onClick={() => ask(chat.escalate)}>
          Connect with customer support
        </button>
        <button type="button" class="secondary" onClick={chat.decline}>
          No thanks
        </button>
      </div>
      {trouble}
    </section>
  );
}
