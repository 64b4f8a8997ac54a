"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { z } from "zod";
import { asWireError } from "#client/wire-error";
import { toast } from "#components/ui/toaster.tsx";
import { OperatorRef } from "#contracts/conversation";
import type { ConversationRow, HandoverBody } from "#contracts/operator";
import { api } from "./data/api.ts";
import { followEvent, keys } from "./data/queries.ts";
import { useInbox } from "./inbox-context.tsx";

const Winner = z.object({ operator: OperatorRef.pick({ id: true, name: true }) });

/** What can be done with a conversation; each shows its result at once and says why when it could not be done. */
export function useActions(id: string | undefined) {
  const client = useQueryClient();
  const { me } = useInbox();
  const [busy, setBusy] = useState<string>();

  const actions = useMemo(() => {
    async function run(name: string, change: (id: string) => Promise<ConversationRow>) {
      if (id === undefined) return false;
      setBusy(name);
      try {
        const row = await change(id);
        followEvent(client, { type: "row", conversationId: id, row }, me.id);
        return true;
      } catch (error) {
        explain(error, name);
        client.invalidateQueries({ queryKey: keys.thread(id) });
        client.invalidateQueries({ queryKey: ["list"] });
        return false;
      } finally {
        setBusy(undefined);
      }
    }
    const handOver = (name: string, body: HandoverBody) => run(name, (each) => api.handOver(each, body));
    const withNote = (note: string | undefined) => (note?.trim() ? { note: note.trim() } : {});

    const reopen = () => run("reopen", (each) => api.move(each, "reopen"));
    const resolve = async () => {
      const done = await run("resolve", (each) => api.move(each, "resolve"));
      if (done) toast.success("Resolved", { action: { label: "Reopen", onClick: () => void reopen() } });
      return done;
    };

    return {
      accept: () => run("accept", (each) => api.move(each, "accept")),
      takeOver: () => run("takeOver", (each) => api.move(each, "take-over")),
      assignToMe: () => handOver("accept", { to: { kind: "operator", operatorId: me.id } }),
      resolve,
      reopen,
      handBack: (note?: string) => handOver("handBack", { to: { kind: "ai" }, ...withNote(note) }),
      transfer: (to: HandoverBody["to"], note?: string) => handOver("transfer", { to, ...withNote(note) }),
    };
  }, [client, id, me.id]);

  return { ...actions, busy };
}

export type Actions = ReturnType<typeof useActions>;

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
