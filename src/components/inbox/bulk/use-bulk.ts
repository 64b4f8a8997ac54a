"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { asWireError } from "#client/wire-error";
import { desk } from "#components/inbox/data/desk-api.ts";
import { changeRow } from "#components/inbox/data/optimistic.ts";
import { followEvent } from "#components/inbox/data/queries.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { closed, held, seen, snoozedUntil, withAgent, withTags } from "#components/inbox/row-changes.ts";
import { toast } from "#components/ui/toaster.tsx";
import type { Assignee, BulkAction } from "#contracts/desk-actions";
import type { BulkAnswer } from "#contracts/desk-tools";
import type { ConversationRow, OperatorView } from "#contracts/operator";
import { bulkWords } from "./bulk-words.ts";

type Change = { conversationId: string; action: BulkAction };

/** The same for many conversations at once: shown at once, told in one line, taken back with one press. */
export function useBulk(chosen: readonly string[], done: () => void) {
  const client = useQueryClient();
  const { me } = useInbox();

  return useMemo(() => {
    function follow(row: ConversationRow) {
      followEvent(client, { type: "row", conversationId: row.id, row }, me.id);
    }

    async function ask(changes: Change[], operators: OperatorView[] = []) {
      const undos = new Map(
        changes.map(({ conversationId, action }) => [
          conversationId,
          changeRow(client, conversationId, changeOf(action, me, operators), me.id),
        ]),
      );
      try {
        const outcomes = await desk.bulk(changes);
        for (const { conversationId, outcome, row } of outcomes) {
          if (outcome === "failed") undos.get(conversationId)?.();
          if (row) follow(row);
        }
        return outcomes;
      } catch (error) {
        for (const undo of undos.values()) undo();
        toast.error(asWireError(error).message);
        return undefined;
      }
    }

    async function run(action: BulkAction, operators?: OperatorView[]) {
      const changes = chosen.map((conversationId) => ({ conversationId, action }));
      done();
      const outcomes = await ask(changes, operators);
      if (outcomes) tell(action, outcomes);
    }

    function tell(action: BulkAction, outcomes: BulkAnswer["outcomes"]) {
      const { title, description } = bulkWords(action, outcomes);
      const undo = outcomes.flatMap(({ conversationId, undo }) =>
        undo ? [{ conversationId, action: undo }] : [],
      );
      const press = { label: "Undo", onClick: () => void ask(undo) };
      const failed = outcomes.every(({ outcome }) => outcome === "failed");
      const options = { description, duration: 8_000, ...(undo.length > 0 ? { action: press } : {}) };
      if (failed) toast.error(title, options);
      else toast.success(title, options);
    }

    return {
      resolve: () => run({ kind: "resolve" }),
      snooze: (until: Date) => run({ kind: "snooze", until: until.toISOString() }),
      wake: () => run({ kind: "wake" }),
      tag: (add: string[], remove: string[]) => run({ kind: "tag", add, remove }),
      assign: (to: Assignee, operators: OperatorView[]) => run({ kind: "assign", to }, operators),
      markRead: () => run({ kind: "read" }),
    };
  }, [client, me, chosen, done]);
}

export type BulkActions = ReturnType<typeof useBulk>;

type Me = { id: string; name: string; image?: string | undefined };

/** What each of many rows will be, as far as that is known beforehand. */
function changeOf(action: BulkAction, me: Me, operators: OperatorView[]) {
  const asItIs = (row: ConversationRow) => row;
  switch (action.kind) {
    case "resolve":
      return closed;
    case "snooze":
      return action.until === undefined ? asItIs : snoozedUntil(action.until);
    case "wake":
      return snoozedUntil(undefined);
    case "tag":
      return withTags(action.add, action.remove);
    case "read":
      return seen;
    case "assign":
      return changeTo(action.to, me, operators) ?? asItIs;
    case "reopen":
      return changeTo(action.to ?? { kind: "ai" }, me, operators) ?? asItIs;
  }
}

function changeTo(to: Assignee, me: Me, operators: OperatorView[]) {
  if (to.kind === "me") return held(me);
  if (to.kind === "ai") return withAgent;
  const operator = to.kind === "operator" ? operators.find(({ id }) => id === to.operatorId) : undefined;
  return operator && held(operator);
}
