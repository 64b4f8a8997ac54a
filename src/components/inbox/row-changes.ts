import type { OperatorRef } from "#contracts/conversation";
import type { ConversationRow } from "#contracts/operator";

type Change = (row: ConversationRow) => ConversationRow;

/** What a row will be once an operator has the conversation. */
export function held(operator: { id: string; name: string; image?: string | undefined }): Change {
  const { id, name, image } = operator;
  const ref: OperatorRef = image === undefined ? { id, name } : { id, name, image };
  return (row) => ({
    ...row,
    escalatedAt: undefined,
    state: { ...row.state, state: "WITH_HUMAN", owner: "operator", operator: ref, position: undefined },
  });
}

/** What a row will be once nobody has to do anything more. */
export const closed: Change = (row) => ({
  ...row,
  escalatedAt: undefined,
  state: { ...row.state, state: "RESOLVED", owner: "none", operator: undefined, position: undefined },
});

/** What a row will be once the assistant answers again. */
export const withAgent: Change = (row) => ({
  ...row,
  escalatedAt: undefined,
  state: { ...row.state, state: "ACTIVE", owner: "ai", operator: undefined, position: undefined },
});

/** What a row will be once it waits for whoever is free. */
export const queued: Change = (row) => ({
  ...row,
  state: { ...row.state, state: "WAITING_HUMAN", owner: "queue", operator: undefined },
});

/** What a row will be once it is put aside, or no longer. */
export function snoozedUntil(moment: string | undefined): Change {
  return (row) => ({ ...row, attributes: { ...row.attributes, snoozedUntil: moment } });
}

/** What a row will be with other tags. */
export function withTags(add: readonly string[], remove: readonly string[]): Change {
  return (row) => {
    const left = row.attributes.tags.filter((tag) => !remove.includes(tag));
    const tags = [...left, ...add.filter((tag) => !left.includes(tag))];
    return { ...row, attributes: { ...row.attributes, tags } };
  };
}

/** What a row will be once its words were seen. */
export const seen: Change = (row) => ({ ...row, unread: 0 });
