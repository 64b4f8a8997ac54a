"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { z } from "zod";
import { asWireError } from "#client/wire-error";
import { toast } from "#components/ui/toaster.tsx";
import { OperatorRef } from "#contracts/conversation";
import type { ConversationRow, HandoverBody } from "#contracts/operator";
import { api } from "./data/api.ts";
import { desk } from "./data/desk-api.ts";
import { deskKeys } from "./data/desk-queries.ts";
import { changeRow } from "./data/optimistic.ts";
import { followEvent, keys } from "./data/queries.ts";
import { useInbox } from "./inbox-context.tsx";
import { closed, held, queued, snoozedUntil, withAgent, withTags } from "./row-changes.ts";
import { nearMoment } from "./times.ts";

const Winner = z.object({ operator: OperatorRef.pick({ id: true, name: true }) });

type Change = (row: ConversationRow) => ConversationRow;

/** What can be done with a conversation; each shows its result at once, and says why when it could not be done. */
export function useActions(id: string | undefined, next: () => void) {
  const client = useQueryClient();
  const { me } = useInbox();
  const [busy, setBusy] = useState<{ with: string; of: string }>();

  const actions = useMemo(() => {
    async function run(name: string, change: Change, ask: (id: string) => Promise<ConversationRow>) {
      if (id === undefined) return false;
      const now = { with: name, of: id };
      setBusy(now);
      const undo = changeRow(client, id, change, me.id);
      try {
        const row = await ask(id);
        followEvent(client, { type: "row", conversationId: id, row }, me.id);
        return true;
      } catch (error) {
        undo();
        explain(error, name);
        client.invalidateQueries({ queryKey: keys.thread(id) });
        client.invalidateQueries({ queryKey: ["list"] });
        return false;
      } finally {
        setBusy((latest) => (latest === now ? undefined : latest));
      }
    }
    const handOver = (name: string, change: Change, body: HandoverBody) =>
      run(name, change, (each) => api.handOver(each, body));
    const withNote = (note: string | undefined) => (note?.trim() ? { note: note.trim() } : {});
    const mine = held(me);

    const reopen = () => run("reopen", withAgent, (each) => api.move(each, "reopen"));
    const wake = () => run("wake", snoozedUntil(undefined), desk.wake);
    const resolve = async () => {
      const done = await run("resolve", closed, (each) => api.move(each, "resolve"));
      if (done) toast.success("Resolved", { action: { label: "Reopen", onClick: () => void reopen() } });
      return done;
    };

    return {
      accept: () => run("accept", mine, (each) => api.move(each, "accept")),
      async decline(reason: string) {
        const said = reason.trim() === "" ? {} : { reason: reason.trim() };
        const done = await run("decline", same, (each) => api.decline(each, said));
        if (done) toast.success("Declined", { description: "Your colleagues are asked now." });
        client.invalidateQueries({ queryKey: keys.thread(id ?? "") });
        return done;
      },
      takeOver: () => run("takeOver", mine, (each) => api.move(each, "take-over")),
      assignToMe: () => handOver("accept", mine, { to: { kind: "operator", operatorId: me.id } }),
      resolve,
      resolveAndNext() {
        next();
        return resolve();
      },
      reopen,
      handBack: ({ note, topics }: { note: string; topics: string[] }) =>
        handOver("handBack", withAgent, { to: { kind: "ai", scope: { topics } }, ...withNote(note) }),
      transfer: (to: HandoverBody["to"], note?: string) =>
        handOver("transfer", to.kind === "operator" ? same : queued, { to, ...withNote(note) }),
      async snooze(until: Date) {
        const moment = until.toISOString();
        const done = await run("snooze", snoozedUntil(moment), (each) => desk.snooze(each, until));
        if (done)
          toast.success(`Snoozed until ${nearMoment(moment, Date.now())}`, {
            action: { label: "Undo", onClick: () => void wake() },
          });
        return done;
      },
      wake,
      tag: (add: string[], remove: string[]) =>
        run("tag", withTags(add, remove), async (each) => {
          const row = await desk.tag(each, { add, remove });
          client.invalidateQueries({ queryKey: deskKeys.tags });
          return row;
        }),
    };
  }, [client, id, me, next]);

  return { ...actions, busy: busy?.of === id ? busy?.with : undefined };
}

export type Actions = ReturnType<typeof useActions>;

function same(row: ConversationRow): ConversationRow {
  return row;
}

function explain(error: unknown, name: string) {
  const { code, message, details } = asWireError(error);
  const winner = Winner.safeParse(details);
  if (code === "conflict" && name === "accept" && winner.success) {
    toast.info(`${winner.data.operator.name} was faster`, {
      description: "The conversation is in good hands already.",
    });
    return;
  }
  toast.error(message);
}
