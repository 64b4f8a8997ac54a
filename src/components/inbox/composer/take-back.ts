import type { Held } from "./held.ts";
import { hideHeld } from "./held-toast.tsx";
import { holdOf } from "./hold.ts";
import { draftsOf } from "./use-draft.ts";
import { filesOf } from "./use-files.ts";

const afterwards = new Map<string, () => void>();

/** Keeps what else is to be undone once a reply is taken back. */
export function whenTakenBack(clientId: string, undo: () => void) {
  afterwards.set(clientId, undo);
}

/** Takes a reply back into its composer, before whatever was begun there since; undefined where it went already. */
export function takeBack(me: string, clientId: string): Held | undefined {
  const held = holdOf(me).undo(clientId);
  if (!held) return undefined;
  const drafts = draftsOf(me);
  const begun = drafts.get(held.conversationId, "reply")?.text ?? "";
  drafts.set(held.conversationId, "reply", [held.text, begun].filter(Boolean).join("\n\n"));
  filesOf(held.conversationId, "reply").restore(held.attachments ?? []);
  afterwards.get(clientId)?.();
  afterwards.delete(clientId);
  hideHeld(clientId);
  return held;
}
