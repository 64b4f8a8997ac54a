import type { Notice } from "#contracts/conversation";

/** A line of the system in the log: its kind for windows that word it themselves, and English words for all others. */
export function systemLine(text: string, notice: Notice) {
  return { author: { kind: "system" as const }, text, notice };
}

/** The line of a conversation that was left. */
export function abandonedLine() {
  return systemLine("This conversation was closed because it was quiet for long. Write any time to go on.", {
    kind: "abandoned",
  });
}

/** The line of a conversation that somebody closed as solved. */
export function resolvedLine() {
  return systemLine("This conversation was marked as solved. Write any time to open it again.", {
    kind: "resolved",
  });
}

/** The line that tells a customer who is there for them now. */
export function joinedLine(name: string) {
  return systemLine(`${name} has joined the conversation.`, { kind: "joined", name });
}
