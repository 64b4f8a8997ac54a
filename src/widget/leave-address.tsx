import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { asWireError } from "#client/wire-error";
import { browserStorage } from "./chat/storage.ts";
import type { Chat } from "./chat/store.ts";
import { Icon } from "./icons.tsx";

const keep = browserStorage();

type Props = { chat: Chat; conversationId: string };

/** Takes the address under which a customer is answered who does not want to wait, and promises that. */
export function LeaveAddress({ chat, conversationId }: Props) {
  const key = `baton:left:${conversationId}`;
  const left = useSignal(keep.getItem(key) ?? "");
  const problem = useSignal("");
  const busy = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();

  async function leave() {
    const email = field.current?.value.trim() ?? "";
    if (busy.value) return;
    if (email === "" || field.current?.checkValidity() === false) {
      problem.value = "Please enter an e-mail address such as you@example.com.";
      field.current?.focus();
      return;
    }
    busy.value = true;
    problem.value = "";
    try {
      await chat.leaveAddress(email);
      left.value = email;
      keep.setItem(key, email);
    } catch (error) {
      problem.value = asWireError(error).message;
    }
    busy.value = false;
  }

  return (
    <div class="address">
      <p role="status" class={left.value ? "form-done" : "only-spoken"}>
        {left.value && (
          <>
            <Icon name="check" size={16} />
            <span>
              You need not wait here: the answer comes to <bdi>{left.value}</bdi>.
            </span>
          </>
        )}
      </p>
      {!left.value && (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            leave();
          }}
        >
          <label for={id}>Get the answer by e-mail</label>
          <div class="address-line">
            <input
              ref={field}
              id={id}
              type="email"
              required
              autoComplete="email"
              maxLength={320}
              placeholder="you@example.com"
              aria-invalid={problem.value !== ""}
              aria-describedby={`${id}-problem`}
            />
            <button type="submit" class="primary" disabled={busy.value}>
              Send
            </button>
          </div>
          <p id={`${id}-problem`} class="problem" role="alert">
            {problem.value}
          </p>
        </form>
      )}
    </div>
  );
}
