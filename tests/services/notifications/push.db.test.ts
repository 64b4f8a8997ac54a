import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { globalPrisma, withCompany } from "#lib/db";
import { pushKeys } from "#lib/push-keys";
import { forget } from "#lib/registry";
import type { OperatorWho } from "#services/accounts";
import { accept } from "#services/handover";
import { pushSituation, readAlerts, sendTestAlert, subscribe, unsubscribe } from "#services/notifications";
import { type AlertDesk, openAlertDesk } from "#support/alert-desk";
import { aCompany } from "#support/company";

let desk: AlertDesk;
beforeAll(async () => {
  desk = await openAlertDesk();
});
afterAll(() => desk.close());
afterEach(() => desk.push.taken.splice(0));

async function aWaitingCustomer() {
  const company = await aCompany();
  const anna = await desk.operator(company);
  const browser = await desk.browser(anna);
  const conversation = await desk.conversation(company);
  await desk.write(conversation, "I want my 300 euros back");
  await desk.escalate(conversation);
  await desk.hear(company.companyId);
  return { company, companyId: company.companyId, anna, browser, conversation };
}

async function statesOf(companyId: string): Promise<string[]> {
  return (await desk.sends(companyId)).map(({ state, why }) => (why === null ? state : `${state}: ${why}`));
}

async function isHere(who: OperatorWho, status = "online"): Promise<void> {
  const { companyId, userId } = who;
  await withCompany(companyId, (tx) =>
    tx.presence.create({ data: { companyId, userId, status, seenAt: new Date() } }),
  );
}

describe("a push", () => {
  it("reaches the browser alone, named as ours, with the name and the reason and not a word of the customer's", async () => {
    const { companyId, browser, conversation } = await aWaitingCustomer();
    await desk.leave(companyId);
    const [push] = desk.push.taken;
    expect(push).toMatchObject({
      browser: browser.name,
      payload: {
        title: "Kim",
        body: "Needs a person: they asked for one",
        tag: conversation.conversationId,
        url: `/inbox/${conversation.conversationId}`,
      },
      vapid: { publicKey: (await pushKeys()).publicKey, subject: "mailto:help@harbour.example" },
    });
    expect(push?.headers).toMatchObject({ urgency: "high", ttl: "3600" });
    expect(await statesOf(companyId)).toEqual(["sent"]);
  });

  it("shows the customer's words to whoever has allowed that", async () => {
    const { companyId, anna } = await aWaitingCustomer();
    await desk.choose(anna, (settings) => {
      settings.previews = true;
    });
    await desk.leave(companyId);
    expect(desk.push.taken[0]?.payload.body).toBe(
      "Needs a person: they asked for one\nI want my 300 euros back",
    );
  });

  it("goes to every browser of the operator, once each, however often it is tried", async () => {
    const { company, companyId, anna, browser } = await aWaitingCustomer();
    const phone = await desk.browser(anna);
    await readAlerts(anna, { what: "everything" });
    await desk.escalate(await desk.conversation(company));
    await desk.hear(companyId);
    const sends = await desk.sends(companyId);
    await desk.leave(companyId);
    for (const { id } of sends) await desk.run("alert.push", { companyId, sendId: id });
    await desk.leave(companyId);
    expect(desk.push.taken.map((each) => each.browser).sort()).toEqual([browser.name, phone.name].sort());
  });

  it("is one for several messages within ten seconds", async () => {
    const { companyId, anna, conversation } = await aWaitingCustomer();
    await accept(anna, conversation.conversationId);
    await desk.hear(companyId);
    for (const text of ["Hello?", "It is urgent", "Please"]) {
      await desk.write(conversation, text);
      await desk.hear(companyId);
    }
    const [, waiting] = await desk.sends(companyId);
    const wait = (waiting?.due_at.getTime() ?? 0) - Date.now();
    expect(wait).toBeGreaterThan(7_000);
    expect(wait).toBeLessThanOrEqual(10_000);
    await desk.leave(companyId);
    expect(desk.push.taken.map(({ payload }) => payload.body)).toEqual(["Wrote 3 messages"]);

    await desk.write(conversation, "Are you there?");
    await desk.hear(companyId);
    await desk.leave(companyId);
    expect(desk.push.taken.map(({ payload }) => payload.body)).toEqual([
      "Wrote 3 messages",
      "Wrote 4 messages",
    ]);
  });
});

describe("a push is not sent", () => {
  it("of what was read meanwhile", async () => {
    const { companyId, anna } = await aWaitingCustomer();
    await readAlerts(anna, { what: "everything" });
    await desk.leave(companyId);
    expect([desk.push.taken, await statesOf(companyId)]).toEqual([[], ["dropped: read"]]);
  });

  it("of what its operator does not want to be told by push", async () => {
    const { companyId, anna, company } = await aWaitingCustomer();
    await desk.choose(anna, ({ matrix }) => {
      matrix.escalation = { ...matrix.escalation, push: false };
    });
    await desk.escalate(await desk.conversation(company));
    await desk.hear(companyId);
    await desk.leave(companyId);
    expect([desk.push.taken, await statesOf(companyId)]).toEqual([[], ["dropped: off"]]);
  });

  it("in quiet hours", async () => {
    const { companyId, anna } = await aWaitingCustomer();
    await desk.choose(anna, (settings) => {
      const clock = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(11, 16);
      settings.quiet = { on: true, from: clock(-60), to: clock(60), days: [], timeZone: "UTC" };
    });
    await desk.leave(companyId);
    expect([desk.push.taken, await statesOf(companyId)]).toEqual([[], ["dropped: quiet"]]);
  });

  it("to a browser that was signed out of, whose subscription is gone with the sign-in", async () => {
    const { companyId, anna } = await aWaitingCustomer();
    await globalPrisma().session.delete({ where: { id: anna.sessionId } });
    await desk.leave(companyId);
    expect([desk.push.taken, await desk.sends(companyId)]).toEqual([[], []]);
    expect((await pushSituation(anna)).devices).toEqual([]);
  });

  it("to a browser whose sign-in has run out", async () => {
    const { companyId, anna } = await aWaitingCustomer();
    await globalPrisma().session.update({ where: { id: anna.sessionId }, data: { expiresAt: new Date(0) } });
    await desk.leave(companyId);
    expect([desk.push.taken, await statesOf(companyId)]).toEqual([[], ["dropped: signed out"]]);
  });
});

describe("an open window", () => {
  it("goes first: the devices wait a minute, and are told if nobody has looked by then", async () => {
    const { companyId, anna } = await aWaitingCustomer();
    await isHere(anna);
    await desk.leave(companyId);
    expect([desk.push.taken, await statesOf(companyId)]).toEqual([[], ["waiting: here"]]);
    const { rows } = await desk.admin.query(
      `SELECT run_at - now() > interval '50 seconds' AS later FROM graphile_worker.jobs WHERE task_identifier = 'alert.push' ORDER BY id DESC LIMIT 1`,
    );
    expect(rows).toEqual([{ later: true }]);
    await desk.leave(companyId);
    expect(desk.push.taken).toHaveLength(1);
  });

  it("of somebody who is away, or who wants devices told at once, does not hold anything up", async () => {
    const away = await aWaitingCustomer();
    await isHere(away.anna, "away");
    const atOnce = await aWaitingCustomer();
    await isHere(atOnce.anna);
    await desk.choose(atOnce.anna, (settings) => {
      settings.onlyWhenAway = false;
    });
    await desk.leave(away.companyId);
    await desk.leave(atOnce.companyId);
    expect(desk.push.taken).toHaveLength(2);
  });
});

describe("a push service", () => {
  it.each([404, 410])("that answers %i has forgotten the browser, and so do we", async (status) => {
    const { companyId, anna } = await aWaitingCustomer();
    desk.push.play(status);
    await desk.leave(companyId);
    expect((await pushSituation(anna)).devices).toEqual([]);
  });

  it.each([429, 500, 503])("that answers %i is asked again, and then told once", async (status) => {
    const { companyId } = await aWaitingCustomer();
    desk.push.play(status);
    await expect(desk.leave(companyId)).rejects.toMatchObject({ code: "unavailable" });
    await desk.leave(companyId);
    await desk.leave(companyId);
    expect([desk.push.taken.length, await statesOf(companyId)]).toEqual([1, ["sent"]]);
  });

  it("that refuses is not asked again", async () => {
    const { companyId } = await aWaitingCustomer();
    desk.push.play(403);
    await desk.leave(companyId);
    await desk.leave(companyId);
    expect([desk.push.taken, await statesOf(companyId)]).toEqual([[], ["failed: refused"]]);
  });

  it("is never one in our own network", async () => {
    const { anna } = await aWaitingCustomer();
    const { keys } = desk.push.browser().subscription;
    await expect(subscribe(anna, { endpoint: "http://127.0.0.1:1/push", keys }, null)).rejects.toMatchObject({
      code: "invalid",
    });
    await subscribe(anna, { endpoint: "https://127.0.0.1:1/push", keys }, null);
    expect(await sendTestAlert(anna, "push")).toEqual({ sent: 1, gone: 0, failed: 1 });
  });
});

describe("a browser", () => {
  it("tells one person only: whoever turned it on last", async () => {
    const { company, companyId, anna, browser } = await aWaitingCustomer();
    const ben = await desk.operator(company, "Ben");
    await desk.browser(ben, browser);
    expect((await pushSituation(anna)).devices).toEqual([]);
    const elsewhere = await desk.operator(await aCompany());
    await desk.browser(elsewhere, browser);
    expect((await pushSituation(ben)).devices).toEqual([]);
    expect((await pushSituation(elsewhere)).devices).toMatchObject([{ name: "Firefox on Linux" }]);
    await desk.leave(companyId);
    expect(desk.push.taken).toEqual([]);
  });

  it("that subscribes twice, also at once, is one device", async () => {
    const anna = await desk.operator(await aCompany());
    const browser = desk.push.browser();
    await Promise.all([desk.browser(anna, browser), desk.browser(anna, browser)]);
    await desk.browser(anna, browser);
    expect((await pushSituation(anna)).devices).toHaveLength(1);
  });

  it("is taken off the list by its operator alone", async () => {
    const { company, anna } = await aWaitingCustomer();
    const ben = await desk.operator(company, "Ben");
    const [device] = (await pushSituation(anna)).devices;
    await expect(unsubscribe(ben, device?.id ?? "")).rejects.toMatchObject({ code: "not_found" });
    await unsubscribe(anna, device?.id ?? "");
    expect((await pushSituation(anna)).devices).toEqual([]);
  });

  it("makes room when an operator has too many", async () => {
    const anna = await desk.operator(await aCompany());
    for (let each = 0; each < 22; each += 1) await desk.browser(anna);
    expect((await pushSituation(anna)).devices).toHaveLength(20);
  });
});

describe("the key of this installation", () => {
  it("is made once, also by processes that start together, and is of no use to whoever reads the database", async () => {
    await desk.admin.query("DELETE FROM push_key");
    const made = await Promise.all(
      Array.from({ length: 5 }, () => {
        forget("push.keys");
        return pushKeys();
      }),
    );
    expect(new Set(made.map(({ publicKey, privateKey }) => publicKey + privateKey)).size).toBe(1);
    const { rows } = await desk.admin.query("SELECT sealed FROM push_key");
    expect(rows[0].sealed).not.toContain(made[0]?.privateKey);
  });

  it("is sealed anew while the secret is being replaced", async () => {
    const before = await pushKeys();
    process.env.BATON_SECRET_PREVIOUS = process.env.BATON_SECRET;
    process.env.BATON_SECRET = "the next secret of the tests, long enough too";
    forget("env");
    forget("push.keys");
    expect(await pushKeys()).toEqual(before);
    delete process.env.BATON_SECRET_PREVIOUS;
    forget("env");
    forget("push.keys");
    expect(await pushKeys()).toEqual(before);
  });
});

describe("a test", () => {
  it("is sent at once to each browser, and says what became of it", async () => {
    const anna = await desk.operator(await aCompany());
    await expect(sendTestAlert(anna, "push")).rejects.toMatchObject({ code: "conflict" });
    await desk.browser(anna);
    await desk.browser(anna);
    desk.push.play(410);
    expect(await sendTestAlert(anna, "push")).toEqual({ sent: 1, gone: 1, failed: 0 });
    expect(desk.push.taken[0]?.payload).toMatchObject({ tag: "test", url: "/settings/notifications" });
    expect((await pushSituation(anna)).devices).toHaveLength(1);
  });
});
