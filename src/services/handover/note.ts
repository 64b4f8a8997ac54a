import type { Who } from "#services/accounts";
import type { NewMessage } from "#services/conversations";

/** What somebody wrote for their colleagues as they passed a conversation on; nothing where they wrote nothing. */
export function noteOf(who: Who, note: string | undefined): NewMessage[] {
  if (note === undefined || note.trim() === "") return [];
  const author =
    who.kind === "operator"
      ? { kind: "operator" as const, id: who.userId, name: who.name }
      : { kind: "system" as const };
  return [{ author, text: note, audience: "operators" }];
}
