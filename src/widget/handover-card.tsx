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
        </div>
      </section>
    );
  }

  const words = chat.conversation.value?.messages.findLast(({ notice }) => notice?.kind === "offer")?.text;
  if (!state.offered || state.state !== "ACTIVE") return null;
  const connect = async () => {
    busy.value = true;
    problem.value = await chat.escalate();
    busy.value = false;
  };
  return (
    <section class="handover" aria-label="Talk to a person">
      <p class="handover-title" dir="auto">
        {words ?? "Would you rather talk to a person?"}
      </p>
      <div class="handover-acts">
        <button type="button" class="primary" disabled={busy.value} onClick={connect}>
          Connect with customer support
        </button>
        <button type="button" class="secondary" onClick={chat.decline}>
          No thanks
        </button>
      </div>
      {problem.value && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
    </section>
  );
}
