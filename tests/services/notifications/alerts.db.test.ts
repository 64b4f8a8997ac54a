import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Attributes } from "#contracts/attributes";
import { withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import type { OperatorWho } from "#services/accounts";
import { append, findConversation } from "#services/conversations";
import { accept, assignToOperator, transferToQueue } from "#services/handover";
import { listAlerts, readAlerts } from "#services/notifications";
import { type AlertDesk, openAlertDesk } from "#support/alert-desk";
import { until } from "#support/channel-stage";
import { aCompany } from "#support/company";
import { lookBehind, othersCommitted } from "#support/database";

let desk: AlertDesk;
beforeAll(async () => {
  desk = await openAlertDesk();
});
afterAll(() => desk.close());

async function aTeam(people = ["Anna", "Ben"]) {
  const company = await aCompany();
  const operators: (OperatorWho & { sessionId: string })[] = [];
  for (const name of people) operators.push(await desk.operator(company, name));
  const [anna, ben] = operators;
  if (anna === undefined || ben === undefined) throw new Error("a team has two at least");
  return { company, companyId: company.companyId, anna, ben, conversation: await desk.conversation(company) };
}

async function toldOf(who: OperatorWho) {
  const { alerts } = await listAlerts(who, { limit: 30 });
  return alerts.map(({ kind, count, read }) => `${read ? "read " : ""}${kind} ${count}`);
}

async function note(
  conversation: { companyId: string; conversationId: string },
  by: OperatorWho,
  named: string[],
) {
  await append(await findConversation(conversation, conversation.conversationId), {
    now: new Date(),
    messages: [
      {
        author: { kind: "operator", id: by.userId, name: by.name },
        text: "@Ben, have a look",
        audience: "operators",
        data: { kind: "mention", operators: named },
      },
    ],
  });
}

describe("who is told", () => {
  it("is everybody, of a customer who waits, with the reason", async () => {
    const { companyId, anna, ben, conversation } = await aTeam();
    await desk.escalate(conversation);
    await desk.hear(companyId);
    for (const who of [anna, ben]) {
      const { alerts, unread } = await listAlerts(who, { limit: 30 });
      expect(alerts).toMatchObject([
        { kind: "escalation", customer: "Kim", reason: "explicit_request", count: 1, read: false },
      ]);
      expect(unread).toEqual({ queue: 1, mine: 0, mentions: 0, sla: 0 });
    }
  });

  it("is only the team that a waiting conversation is for, and everybody where nobody is in it", async () => {
    const { companyId, anna, ben, conversation } = await aTeam();
    const [teamId, emptyId] = [newId(), newId()];
    await withCompany(companyId, async (tx) => {
      await tx.team.createMany({
        data: [
          { id: teamId, companyId, name: "Billing" },
          { id: emptyId, companyId, name: "Nobody" },
        ],
      });
      await tx.teamMember.create({ data: { companyId, teamId, userId: ben.userId } });
    });
    const setTeam = async (attributes: Partial<Attributes>) =>
      append(await findConversation(conversation, conversation.conversationId), {
        now: new Date(),
        attributes,
      });
    await setTeam({ teamId });
    await desk.escalate(conversation);
    await desk.hear(companyId);
    expect([await toldOf(anna), await toldOf(ben)]).toEqual([[], ["escalation 1"]]);

    await accept(anna, conversation.conversationId);
    await desk.hear(companyId);
    await setTeam({ teamId: emptyId });
    await transferToQueue(anna, conversation.conversationId);
    await desk.hear(companyId);
    expect(await toldOf(ben)).toEqual(["escalation 1", "read escalation 1"]);
  });

  it("is nobody for what they did themselves", async () => {
    const { companyId, anna, ben, conversation } = await aTeam();
    await desk.escalate(conversation);
    await accept(anna, conversation.conversationId);
    await note(conversation, anna, [anna.userId, ben.userId]);
    await desk.hear(companyId);
    expect([await toldOf(anna), await toldOf(ben)]).toEqual([[], ["mention 1"]]);
  });

  it("is the one who is given a conversation, and then is written to", async () => {
    const { companyId, anna, ben, conversation } = await aTeam();
    await desk.escalate(conversation);
    await accept(anna, conversation.conversationId);
    await assignToOperator(anna, conversation.conversationId, ben.userId);
    await desk.write(conversation);
    await desk.write(conversation, "Are you there?");
    await desk.hear(companyId);
    expect(await toldOf(anna)).toEqual([]);
    expect((await toldOf(ben)).sort()).toEqual(["assigned 1", "message 2"]);
  });

  it("is nobody of words that were read, or of a queue that was left, before anybody could be told", async () => {
    const { companyId, anna, ben, conversation } = await aTeam();
    await desk.escalate(conversation);
    await accept(anna, conversation.conversationId);
    await desk.write(conversation);
    const { head } = await findConversation(conversation, conversation.conversationId);
    await withCompany(companyId, (tx) =>
      tx.conversation.updateMany({
        where: { id: conversation.conversationId },
        data: { operatorRead: head },
      }),
    );
    await desk.hear(companyId);
    expect([await toldOf(anna), await toldOf(ben)]).toEqual([[], []]);
  });

  it("is no one who has left the company, though a note names them", async () => {
    const { companyId, anna, conversation } = await aTeam();
    const stranger = await desk.operator(await aCompany());
    await note(conversation, anna, [stranger.userId, newId()]);
    await desk.hear(companyId);
    expect(await toldOf(stranger)).toEqual([]);
  });
});

describe("what stands unread", () => {
  it("is taken back from all when one of them takes the conversation", async () => {
    const { companyId, anna, ben, conversation } = await aTeam();
    await desk.escalate(conversation);
    await desk.hear(companyId);
    await accept(anna, conversation.conversationId);
    await desk.hear(companyId);
    expect([await toldOf(anna), await toldOf(ben)]).toEqual([["read escalation 1"], ["read escalation 1"]]);
  });

  it("counts what happens again, and begins anew once it was read", async () => {
    const { companyId, anna, conversation } = await aTeam();
    await desk.escalate(conversation);
    await accept(anna, conversation.conversationId);
    for (const text of ["One", "Two", "Three"]) {
      await desk.write(conversation, text);
      await desk.hear(companyId);
    }
    expect(await toldOf(anna)).toEqual(["message 3"]);
    const { conversationId } = conversation;
    expect(await readAlerts(anna, { what: "conversation", conversationId })).toMatchObject({ mine: 0 });
    await desk.write(conversation, "Four");
    await desk.hear(companyId);
    expect(await toldOf(anna)).toEqual(["message 1", "read message 3"]);
  });

  it("is one operator's own: nobody else's reading clears it", async () => {
    const { companyId, anna, ben, conversation } = await aTeam();
    await desk.escalate(conversation);
    await desk.hear(companyId);
    await readAlerts(anna, { what: "everything" });
    expect([await toldOf(anna), await toldOf(ben)]).toEqual([["read escalation 1"], ["escalation 1"]]);
  });

  it("is shown page by page, newest first, each once", async () => {
    const { company, companyId, anna } = await aTeam();
    for (let each = 0; each < 7; each += 1) await desk.escalate(await desk.conversation(company));
    await desk.hear(companyId);
    const seen: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await listAlerts(anna, { cursor, limit: 3 });
      seen.push(...page.alerts.map(({ id }) => id));
      cursor = page.next;
      more = cursor !== undefined;
    }
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
  });
});

describe("each thing is told once", () => {
  it("also when the log is read again from the start", async () => {
    const { companyId, anna, ben, conversation } = await aTeam();
    await desk.browser(anna);
    await desk.escalate(conversation);
    await desk.hear(companyId);
    await readAlerts(anna, { what: "everything" });
    await desk.admin.query("UPDATE notification_cursor SET since = 0 WHERE company_id = $1", [companyId]);
    await desk.hear(companyId);
    expect([await toldOf(anna), await toldOf(ben)]).toEqual([["read escalation 1"], ["escalation 1"]]);
    expect(await desk.sends(companyId)).toHaveLength(1);
  });

  it("also when two processes read at once", async () => {
    const { company, companyId, anna, ben } = await aTeam();
    await desk.browser(anna);
    for (let each = 0; each < 5; each += 1) await desk.escalate(await desk.conversation(company));
    await desk.hear(companyId);
    for (let each = 0; each < 5; each += 1) await desk.escalate(await desk.conversation(company));
    await othersCommitted();
    await Promise.all(Array.from({ length: 4 }, () => desk.run("alert.raise", { companyId })));
    expect(await toldOf(ben)).toEqual(Array.from({ length: 10 }, () => "escalation 1"));
    expect(await desk.sends(companyId)).toHaveLength(10);
  });

  it("also when a process dies in the middle: nothing was told, and the next one tells all", async () => {
    const { companyId, anna, conversation } = await aTeam();
    await desk.browser(anna);
    await desk.escalate(conversation);
    await desk.hear(companyId);
    await readAlerts(anna, { what: "everything" });
    await desk.write(conversation);
    await desk.escalate(await desk.conversation({ companyId, agentId: conversation.agentId }));

    // Another holds the row that the last statement of the transaction writes.
    await othersCommitted();
    const other = await lookBehind(desk.database);
    try {
      await other.query("BEGIN");
      await other.query("SELECT FROM alert_send WHERE company_id = $1 FOR UPDATE", [companyId]);
      await other.query("LOCK TABLE alert_send IN EXCLUSIVE MODE");
      const raising = desk.run("alert.raise", { companyId });
      const died = expect(raising).rejects.toThrow();
      await until(async () => {
        const { rowCount } = await desk.admin.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO alert_send%'`,
        );
        return (rowCount ?? 0) > 0;
      });
      await died;
    } finally {
      await other.end();
    }
    expect(await toldOf(anna)).toEqual(["read escalation 1"]);
    await desk.hear(companyId);
    expect(await toldOf(anna)).toEqual(["escalation 1", "read escalation 1"]);
    expect(await desk.sends(companyId)).toHaveLength(2);
  });
});

describe("what the desk decides", () => {
  const alertOf = (
    conversation: { companyId: string; conversationId: string },
    who: OperatorWho,
    key: string,
  ) => ({
    companyId: conversation.companyId,
    conversationId: conversation.conversationId,
    kind: "sla_breach",
    operatorIds: [who.userId],
    key,
  });

  it("is told to those it names, once for each key", async () => {
    const { anna, ben, conversation } = await aTeam();
    await desk.escalate(conversation);
    const alert = alertOf(conversation, anna, `sla:${conversation.conversationId}:1`);
    await Promise.all([desk.run("notify.operator", alert), desk.run("notify.operator", alert)]);
    expect([await toldOf(anna), await toldOf(ben)]).toEqual([["sla_breach 1"], []]);
    await desk.run("notify.operator", { ...alert, key: `sla:${conversation.conversationId}:2` });
    expect(await toldOf(anna)).toEqual(["sla_breach 2"]);
  });

  it("goes by the channel that a step of the chain names, whatever its operator has chosen", async () => {
    const { companyId, anna, conversation } = await aTeam();
    await desk.browser(anna);
    await desk.escalate(conversation);
    await desk.choose(anna, ({ matrix }) => {
      matrix.offered = { toast: true, sound: true, desktop: true, push: false, email: false };
    });
    const offer = { ...alertOf(conversation, anna, newId()), kind: "acceptance" };
    await desk.run("notify.operator", offer);
    expect(await desk.sends(companyId)).toEqual([]);
    await desk.run("notify.operator", { ...offer, key: newId(), via: "push" });
    await desk.run("notify.operator", { ...offer, key: newId(), via: "email" });
    const [push, letter] = await desk.sends(companyId);
    expect([push?.subscription_id === null, letter?.subscription_id === null].sort()).toEqual([false, true]);
    await desk.leave(companyId);
    expect(desk.push.taken.at(-1)?.payload).toMatchObject({
      title: "Kim",
      body: "Is waiting for you to accept",
    });
    expect(desk.mail.taken.at(-1)?.headers.subject).toBe("Kim: is waiting for you to accept");
  });
});
