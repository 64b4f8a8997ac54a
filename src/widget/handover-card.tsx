import { useSignal } from "@preact/signals";
import type { Chat } from "./chat/store.ts";
import { Icon } from "./icons.tsx";
import { Later } from "./later.tsx";
import { nobodyHere, nobodyThere } from "./text/nobody.ts";
import { aboutLong, placeInLine } from "./text/words.ts";

/** Offers a person, or says how the wait for one stands. */
export function HandoverCard({ chat }: { chat: Chat }) {
  const { state, messages = [], conversationId = "" } = chat.conversation.value ?? {};
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
    const nobody = nobodyThere(state, messages);
    const wait = [placeInLine(state.position), aboutLong(state.estimateMinutes)].filter(Boolean).join(" · ");
    return (
      <section class="handover waiting" aria-label="Waiting for a person">
        <span class="pulse" aria-hidden="true">
          <Icon name="person" size={18} />
        </span>
        <div>
          <p class="handover-title">
            {nobody ? nobodyHere(nobody.backAt) : "Connecting you to a support agent, please wait"}
          </p>
          {wait && <p class="handover-line">{wait}</p>}
          <p class="handover-line">Keep writing, they will see it.</p>
          {nobody?.asks && (
            <Later key={conversationId} part="LeaveAddress" chat={chat} conversationId={conversationId} />
          )}
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

  const words = messages.findLast(({ notice }) => notice?.kind === "offer")?.text;
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
