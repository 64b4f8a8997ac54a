import type { Signal } from "@preact/signals";
import type { Conversation } from "#client/conversation";
import { asWireError } from "#client/wire-error";
import type { createSession } from "./session.ts";

type Session = Pick<ReturnType<typeof createSession>, "use" | "api">;

/** What a customer can do about talking to a person. */
export function createHandingOver(session: Session, conversation: Signal<Conversation | undefined>) {
  /** Brings the customer to a person or back, and says what went wrong. */
  async function handedOver(act: "escalate" | "cancel"): Promise<string | undefined> {
    const about = conversation.value?.conversationId;
    try {
      const state = await session.use((sessionId) => session.api[act](sessionId));
      const now = conversation.value;
      if (now === undefined || now.conversationId !== about) return undefined;
      // The stream may have told more by now than this answer knows.
      if (state.epoch >= now.state.epoch) conversation.value = { ...now, state };
      return undefined;
    } catch (error) {
      return asWireError(error).message;
    }
  }

  return {
    escalate: () => handedOver("escalate"),
    cancel: () => handedOver("cancel"),
    /** Keeps where the customer can be answered when they are gone. Throws when that fails. */
    leaveAddress: (email: string) => session.use((sessionId) => session.api.leaveAddress(sessionId, email)),
    decline() {
      const now = conversation.value;
      if (now !== undefined) conversation.value = { ...now, state: { ...now.state, offered: false } };
      session.use((sessionId) => session.api.decline(sessionId)).catch(() => undefined);
    },
  };
}
