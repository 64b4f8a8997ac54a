import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { invite, type OperatorWho, revokeInvitation } from "#services/accounts";
import { markRead } from "#services/conversations";
import { readAlerts, refusalCompany, refuseLetters, sendTestAlert } from "#services/notifications";
import { type AlertDesk, openAlertDesk } from "#support/alert-desk";
import { aCompany } from "#support/company";

let desk: AlertDesk;
beforeAll(async () => {
  desk = await openAlertDesk();
});
afterAll(() => desk.close());
afterEach(() => desk.mail.taken.splice(0));

type Conversation = Awaited<ReturnType<AlertDesk["conversation"]>>;

describe("an operator's letter", () => {
  async function aTeam() {
    const company = await aCompany();
    const anna = await desk.operator(company);
    await desk.choose(anna, ({ matrix }) => {
      matrix.escalation = { ...matrix.escalation, email: true };
    });
    return { company, companyId: company.companyId, anna };
  }

  async function quietNow(who: OperatorWho) {
    const clock = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(11, 16);
    await desk.choose(who, (settings) => {
      settings.quiet = { on: true, from: clock(-60), to: clock(60), days: [], timeZone: "UTC" };
    });
  }

  it("gathers what was not seen, and leads to each of it", async () => {
    const { company, companyId, anna } = await aTeam();
    const waiting = [await desk.conversation(company), await desk.conversation(company)];
    for (const conversation of waiting) await desk.escalate(conversation);
    await desk.hear(companyId);
    await desk.leave(companyId);
    await desk.leave(companyId);
    expect(desk.mail.taken).toHaveLength(1);
    const [letter] = desk.mail.taken;
    expect(letter).toMatchObject({ from: "help@harbour.example", to: [`${anna.userId}@example.com`] });
    expect(letter?.headers).toMatchObject({
      subject: "2 conversations need you",
      from: "Baton <help@harbour.example>",
    });
    for (const { conversationId } of waiting) {
      expect(letter?.text).toContain(`/inbox/${conversationId}`);
      expect(letter?.html).toContain(`/inbox/${conversationId}`);
    }
    expect(letter?.text).toContain("Needs a person: they asked for one");
  });

  it("says nothing of what was read before it left", async () => {
    const { company, companyId, anna } = await aTeam();
    await desk.escalate(await desk.conversation(company));
    await desk.hear(companyId);
    await readAlerts(anna, { what: "everything" });
    await desk.leave(companyId);
    expect(desk.mail.taken).toEqual([]);
  });

  it("waits for the end of quiet hours, except for what a rule of the company sends", async () => {
    const { company, companyId, anna } = await aTeam();
    await quietNow(anna);
    const conversation = await desk.conversation(company);
    await desk.escalate(conversation);
    await desk.hear(companyId);
    await desk.leave(companyId);
    expect(desk.mail.taken).toEqual([]);
    const { rows } = await desk.admin.query(
      `SELECT run_at > now() + interval '50 minutes' AS "inTheEnd" FROM graphile_worker.jobs
       WHERE task_identifier = 'alert.mail' ORDER BY id DESC LIMIT 1`,
    );
    expect(rows).toEqual([{ inTheEnd: true }]);

    const { conversationId } = conversation;
    const operatorIds = [anna.userId];
    await desk.run("notify.operator", {
      companyId,
      conversationId,
      operatorIds,
      kind: "acceptance",
      via: "email",
      key: newId(),
    });
    await desk.leave(companyId);
    expect(desk.mail.taken.map(({ headers }) => headers.subject)).toEqual([
      "Kim: is waiting for you to accept",
    ]);
  });

  it("is tried again when the mail server takes nothing now, and not when it never will", async () => {
    const { company, companyId } = await aTeam();
    await desk.escalate(await desk.conversation(company));
    await desk.hear(companyId);
    desk.mail.play("450 later");
    await expect(desk.leave(companyId)).rejects.toMatchObject({ code: "unavailable" });
    desk.mail.play("550 nobody here");
    await desk.leave(companyId);
    await desk.leave(companyId);
    expect(desk.mail.taken).toEqual([]);
    expect((await desk.sends(companyId)).map(({ state }) => state)).toEqual(["failed"]);
  });

  it("can be tried out", async () => {
    const { anna } = await aTeam();
    expect(await sendTestAlert(anna, "email")).toEqual({ sent: 1, gone: 0, failed: 0 });
    expect(desk.mail.taken[0]).toMatchObject({ to: [`${anna.userId}@example.com`] });
  });
});

describe("an invitation", () => {
  it("is sent to whom it is for, with its link, and not once it was taken back", async () => {
    const company = await aCompany();
    const owner = { ...(await desk.operator(company)), role: "owner" as const };
    const kept = await invite(owner, "new@example.com", "operator");
    const taken = await invite(owner, "other@example.com", "operator");
    await revokeInvitation(owner, taken.id);
    for (const { id } of [kept, taken])
      await desk.run("invitation.mail", { companyId: company.companyId, invitationId: id });
    expect(desk.mail.taken.map(({ to }) => to)).toEqual([["new@example.com"]]);
    expect(desk.mail.taken[0]?.text).toContain(`/accept-invitation/${kept.id}`);
    const { rows } = await desk.admin.query(
      "SELECT count(*)::int AS many FROM graphile_worker.jobs WHERE task_identifier = 'invitation.mail'",
    );
    expect(rows).toEqual([{ many: 2 }]);
  });
});

describe("a letter to a customer who left", () => {
  async function aCustomer(email: string | undefined = "kim@example.com") {
    const company = await aCompany();
    const { companyId, agentId } = company;
    const conversation = await desk.conversation(company);
    const { contactId, conversationId } = conversation;
    const now = new Date();
    await withCompany(companyId, async (tx) => {
      await tx.contact.update({
        where: { id: contactId },
        data: { email, page: "https://shop.example/cart?item=1" },
      });
      await tx.chatSession.create({
        data: {
          id: newId(),
          companyId,
          agentId,
          contactId,
          conversationId,
          tokenHash: newId(),
          origin: "https://shop.example",
          lastActivityAt: now,
          expiresAt: new Date(now.getTime() + 86_400_000),
        },
      });
    });
    await desk.write(conversation);
    return { companyId, conversation };
  }

  async function jobsFor({ conversationId }: Conversation): Promise<{ wait: number }[]> {
    const { rows } = await desk.admin.query<{ wait: number }>(
      `SELECT extract(epoch FROM run_at - now())::int AS wait FROM graphile_worker.jobs WHERE key = $1`,
      [`customer-letter:${conversationId}`],
    );
    return rows;
  }

  /** Lets the two minutes pass, and whatever the letter must wait for. */
  async function leave({ companyId, conversationId }: Conversation): Promise<void> {
    await desk.admin.query(
      "UPDATE message SET created_at = created_at - interval '3 minutes' WHERE conversation_id = $1",
      [conversationId],
    );
    await desk.run("customer.letter", { companyId, conversationId });
  }

  it("holds all answers that were not seen, and the way back to the chat", async () => {
    const { companyId, conversation } = await aCustomer();
    await desk.answer(conversation, "You can **return** it within [30 days](https://shop.example/returns).");
    await desk.answer(conversation, "Shall I <b>send</b> a label?");
    await desk.hear(companyId);
    expect(await jobsFor(conversation)).toEqual([{ wait: expect.toBeOneOf([118, 119, 120]) }]);
    await leave(conversation);
    const [letter] = desk.mail.taken;
    expect(letter).toMatchObject({ to: ["kim@example.com"] });
    expect(letter?.headers).toMatchObject({
      subject: "2 answers from Acme",
      from: "Acme <help@harbour.example>",
    });
    expect(letter?.text).toContain("You can return it within 30 days (https://shop.example/returns).");
    expect(letter?.text).toContain(`#resume=${conversation.conversationId}.`);
    expect(letter?.html).toContain("&lt;b&gt;send");
    expect(letter?.html).not.toContain("<b>send");
  });

  it("is sent once; what is answered later is sent on its own", async () => {
    const { companyId, conversation } = await aCustomer();
    await desk.answer(conversation, "First answer");
    await desk.hear(companyId);
    await leave(conversation);
    await leave(conversation);
    expect(desk.mail.taken).toHaveLength(1);
    await desk.answer(conversation, "Second answer");
    await desk.hear(companyId);
    await leave(conversation);
    expect(desk.mail.taken).toHaveLength(2);
    expect(desk.mail.taken[1]?.text).not.toContain("First answer");
  });

  it("waits until two minutes have passed since the last answer", async () => {
    const { companyId, conversation } = await aCustomer();
    await desk.answer(conversation);
    await desk.hear(companyId);
    await desk.run("customer.letter", { companyId, conversationId: conversation.conversationId });
    expect(desk.mail.taken).toEqual([]);
    expect(await jobsFor(conversation)).toHaveLength(1);
  });

  it("is not written where the answer was seen, nor where no address was left, nor to whom wants none", async () => {
    const seen = await aCustomer();
    await desk.answer(seen.conversation);
    await desk.hear(seen.companyId);
    await markRead(seen.conversation, seen.conversation.conversationId, "customer", 99);
    await leave(seen.conversation);

    const nameless = await aCustomer("");
    await withCompany(nameless.companyId, (tx) => tx.contact.updateMany({ data: { email: null } }));
    await desk.answer(nameless.conversation);
    await desk.hear(nameless.companyId);
    expect(await jobsFor(nameless.conversation)).toEqual([]);
    await leave(nameless.conversation);
    expect(desk.mail.taken).toEqual([]);
  });

  it("can be refused by a press in it, for this company and at once", async () => {
    const { companyId, conversation } = await aCustomer("Refuser@Example.com");
    await desk.answer(conversation);
    await desk.hear(companyId);
    await leave(conversation);
    const header = desk.mail.taken[0]?.headers["list-unsubscribe"] ?? "";
    const [, hash = "", signature = ""] =
      /letters\/[0-9a-f-]+\/([0-9a-f]+)\?signature=([\w-]+)/.exec(header) ?? [];
    const link = { companyId, addressHash: hash, signature };
    expect(desk.mail.taken[0]?.headers["list-unsubscribe-post"]).toBe("List-Unsubscribe=One-Click");
    expect(desk.mail.taken[0]?.text).toContain(`/letters/${companyId}/${hash}`);
    expect(await refusalCompany(link)).toBe("Acme");

    const other = await aCompany();
    for (const forged of [
      { ...link, signature: `${signature}x` },
      { ...link, companyId: other.companyId },
    ])
      await expect(refuseLetters(forged)).rejects.toMatchObject({ code: "not_found" });

    await refuseLetters(link);
    await refuseLetters(link);
    await desk.answer(conversation, "Another answer");
    await desk.hear(companyId);
    await leave(conversation);
    expect(desk.mail.taken).toHaveLength(1);
  });
});
