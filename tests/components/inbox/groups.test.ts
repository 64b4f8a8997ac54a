import { describe, expect, it } from "vitest";
import { mayReply } from "#components/inbox/composer/may-reply.ts";
import { groupMessages } from "#components/inbox/thread/groups.ts";
import { elapsed } from "#components/inbox/times.ts";
import type { MessageView } from "#contracts/conversation";
import { idOf } from "#support/inbox-ids";

function said(seq: number, minute: number, more: Partial<MessageView> = {}): MessageView {
  const createdAt = new Date(Date.parse("2026-11-20T12:00:00Z") + minute * 60_000).toISOString();
  return {
    id: idOf(seq),
    conversationId: idOf(1),
    seq,
    author: { kind: "customer" },
    text: "x",
    audience: "all",
    createdAt,
    ...more,
  };
}
const maya = { kind: "operator" as const, id: "op-maya" };

describe("grouping", () => {
  it("draws together what one voice said in one go, and parts it after a pause", () => {
    const groups = groupMessages([said(1, 0), said(2, 1), said(3, 30)]).filter(
      ({ kind }) => kind === "voice",
    );
    expect(groups).toHaveLength(2);
  });

  it("never puts a note into a bubble with a reply, nor two operators together", () => {
    const groups = groupMessages([
      said(1, 0, { author: maya }),
      said(2, 0, { author: maya, audience: "operators" }),
      said(3, 0, { author: { kind: "operator", id: "op-anna" } }),
    ]).filter(({ kind }) => kind === "voice");
    expect(groups).toHaveLength(3);
  });

  it("parts the voices of several customers who speak in one group", () => {
    const kim = { kind: "customer" as const, id: "contact-kim", name: "Kim" };
    const groups = groupMessages([
      said(1, 0, { author: kim }),
      said(2, 0, { author: { ...kim, id: "contact-lou", name: "Lou" } }),
    ]).filter(({ kind }) => kind === "voice");
    expect(groups).toHaveLength(2);
  });

  it("begins each day with its name", () => {
    const groups = groupMessages([said(1, 0), said(2, 24 * 60)]);
    expect(groups.map(({ kind }) => kind)).toEqual(["day", "voice", "day", "voice"]);
  });
});

describe("who may reply", () => {
  const state = { epoch: 1, since: "2026-11-20T12:00:00Z", offered: false };

  it("lets the holder and whoever picks up a waiting one", () => {
    const held = {
      ...state,
      state: "WITH_HUMAN" as const,
      owner: "operator" as const,
      operator: { id: "op-maya", name: "Maya" },
    };
    expect(mayReply(held, "op-maya").may).toBe(true);
    expect(mayReply({ ...state, state: "WAITING_HUMAN", owner: "queue" }, "op-maya").may).toBe(true);
    expect(mayReply(held, "op-anna")).toMatchObject({ may: false, move: "assignToMe" });
  });

  it("says how to go on where the assistant answers", () => {
    expect(mayReply({ ...state, state: "ACTIVE", owner: "ai" }, "op-maya")).toMatchObject({
      may: false,
      move: "takeOver",
    });
  });
});

describe("the time since", () => {
  it("is short and ticks", () => {
    const since = "2026-11-20T12:00:00Z";
    const at = (seconds: number) => elapsed(since, Date.parse(since) + seconds * 1_000);
    expect([at(42), at(252), at(7_500), at(200_000)]).toEqual(["42s", "4m 12s", "2h 05m", "2d"]);
  });
});
