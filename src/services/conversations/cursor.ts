/** The cursor of a place in a conversation's log: its number, and a mark of the conversation it counts in. */
export function cursorOf(conversationId: string, seq: number): string {
  return `${seq}.${mark(conversationId)}`;
}

/** The number in a cursor; undefined for what is no cursor, or is one of another conversation. */
export function seqOf(conversationId: string, cursor: string | undefined): number | undefined {
  const [, digits, of] = /^(\d{1,9})(?:\.([0-9a-f]{8}))?$/.exec(cursor ?? "") ?? [];
  if (digits === undefined || (of !== undefined && of !== mark(conversationId))) return undefined;
  return Number(digits);
}

function mark(conversationId: string): string {
  return conversationId.slice(-8);
}
