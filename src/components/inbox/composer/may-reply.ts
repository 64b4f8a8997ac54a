import type { StateView } from "#contracts/conversation";

type Permission = { may: boolean; words: string; move?: "takeOver" | "assignToMe" | "reopen" };

/** Whether this operator may answer the customer now, why not, and what would change that. */
export function mayReply(state: StateView, me: string): Permission {
  switch (state.state) {
    case "WAITING_HUMAN":
      return { may: true, words: "Sending accepts this conversation." };
    case "WITH_HUMAN":
      if (state.operator?.id === me) return { may: true, words: "" };
      return {
        may: false,
        words: `${state.operator?.name ?? "A colleague"} has this conversation. You can leave a note, or take it on.`,
        move: "assignToMe",
      };
    case "ACTIVE":
      return {
        may: false,
        words: "The assistant is answering. It stops the moment you take over.",
        move: "takeOver",
      };
    case "RESOLVED":
      return { may: false, words: "This conversation is resolved.", move: "reopen" };
    case "ABANDONED":
      return { may: false, words: "The customer left this conversation.", move: "reopen" };
  }
}
