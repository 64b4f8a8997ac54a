import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EscalationRule } from "#contracts/escalation";
import type { RuleDraft, RuleHistory, RuleVersionDetail } from "#contracts/rules";
import { newId } from "#lib/ids";
import { currentRules, defaultRules, publishRules, ruleHistory, saveDraft } from "#services/escalation";
import { openStage, type Shop, type Stage } from "#support/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ answers: false });
});
afterAll(() => stage.close());

const { rules } = defaultRules();
const softer = rules.map((rule) => (rule.id === "sentiment" ? { ...rule, threshold: -0.4 } : rule));

function page(shop: Shop) {
  const { cookie } = shop.owner;
  const ask = <T>(method: string, path: string, body?: unknown) =>
    stage.ask<T & { error?: { code: string; message: string; details?: Record<string, unknown> } }>(
      method,
      `/api/admin/rules/${path}`,
      cookie,
      body,
    );
  return {
    ask,
    draft: () => ask<RuleDraft>("GET", "draft"),
    save: (body: object) => ask<RuleDraft>("PUT", "draft", body),
    publish: (body: object) => ask<{ version: number }>("POST", "draft/publish", body),
  };
}

describe("the draft", () => {
  it("begins as the published rules, and tells what it changes once it is saved", async () => {
    const { draft, save } = page(await stage.shop());
    expect((await draft()).body).toMatchObject({ saved: false, revision: 0, basedOn: 1, changes: [] });

    const saved = await save({ rules: softer, revision: 0, basedOn: 1 });

    expect(saved.body).toMatchObject({
      saved: true,
      revision: 1,
      published: 1,
      updatedBy: { name: "Ada Owner" },
      changes: [{ ruleId: "sentiment", sentence: "“Unhappy customer”: threshold −0.6 → −0.4." }],
    });
    expect((await draft()).body).toEqual(saved.body);
  });

  it("changes nothing for customers until it is published", async () => {
    const shop = await stage.shop();
    await page(shop).save({ rules: softer, revision: 0, basedOn: 1 });
    expect(await currentRules(shop.companyId)).toEqual(defaultRules());
  });

  it("is kept from whoever saves over another's: of two at once one is told", async () => {
    const { save, draft } = page(await stage.shop());
    const both = await Promise.all([
      save({ rules: softer, revision: 0, basedOn: 1 }),
      save({ rules: [], revision: 0, basedOn: 1 }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const winner = both.find(({ status }) => status === 200)?.body;
    expect((await draft()).body.rules).toEqual(winner?.rules);
    const late = await save({ rules, revision: 0, basedOn: 1 });
    expect(late.body.error?.message).toContain("Somebody else changed the draft");
  });

  it("says in a sentence what cannot be, and keeps what was there", async () => {
    const { save, draft } = page(await stage.shop());
    await save({ rules: softer, revision: 0, basedOn: 1 });
    const out = softer.map((rule) => (rule.id === "sentiment" ? { ...rule, threshold: -3 } : rule));
    const refused = await save({ rules: out, revision: 1, basedOn: 1 });
    expect(refused.status).toBe(400);
    const at = softer.findIndex((rule) => rule.id === "sentiment");
    expect(refused.body.error?.details).toEqual({
      fields: { [`rules.${at}.threshold`]: "A mood lies between −1 (furious) and 1 (delighted)." },
    });
    const future = await save({ rules, revision: 1, basedOn: 9 });
    expect(future.body.error?.message).toBe("There is no version 9: the newest is 1.");
    expect((await draft()).body).toMatchObject({ revision: 1, rules: softer });
  });

  it("warns of rules that contradict each other, and can be published all the same", async () => {
    const { save, publish } = page(await stage.shop());
    const [first] = rules;
    const twin = { ...first, id: "twin", name: "Twin", action: "offer" };
    const saved = await save({ rules: [first, twin], revision: 0, basedOn: 1 });
    expect(saved.body.warnings).toMatchObject([{ kind: "contradiction", ruleIds: ["manual", "twin"] }]);
    expect((await publish({ revision: 1 })).status).toBe(200);
  });

  it("can be thrown away", async () => {
    const { save, draft, ask } = page(await stage.shop());
    await save({ rules: softer, revision: 0, basedOn: 1 });
    expect((await ask("DELETE", "draft?revision=7")).status).toBe(409);
    expect((await ask("DELETE", "draft?revision=1")).body).toMatchObject({ saved: false, changes: [] });
    expect((await draft()).body.saved).toBe(false);
  });
});

describe("publishing", () => {
  it("makes the draft the next version, with who and why, and leaves no draft", async () => {
    const shop = await stage.shop();
    const { save, publish, draft, ask } = page(shop);
    const words = { keyword: { escalate: "A colleague comes. You are number {position}." } };
    await save({ rules: softer, words, revision: 0, basedOn: 1 });

    expect((await publish({ revision: 1, note: "Listen sooner" })).body.version).toBe(2);

    expect(await currentRules(shop.companyId)).toEqual({ version: 2, rules: softer, words });
    expect((await draft()).body).toMatchObject({ saved: false, basedOn: 2, words });
    const { versions } = (await ask<RuleHistory>("GET", "history")).body;
    expect(versions).toEqual([
      expect.objectContaining({
        version: 2,
        current: true,
        note: "Listen sooner",
        by: { id: shop.owner.who.userId, name: "Ada Owner" },
      }),
      { version: 1, current: false, rules: rules.length, enabled: rules.length - 1 },
    ]);
  });

  it("stops where another version came in between, until the draft is saved on top of it", async () => {
    const shop = await stage.shop();
    const { save, publish } = page(shop);
    await save({ rules: softer, revision: 0, basedOn: 1 });
    await publishRules({ companyId: shop.companyId }, rules);

    const refused = await publish({ revision: 1 });
    expect([refused.status, refused.body.error?.details]).toEqual([409, { published: 2 }]);
    expect((await save({ rules: softer, revision: 1, basedOn: 2 })).body.revision).toBe(2);
    expect((await publish({ revision: 2 })).body.version).toBe(3);
  });

  it("lets one of two win who publish at once", async () => {
    const { save, publish, ask } = page(await stage.shop());
    await save({ rules: softer, revision: 0, basedOn: 1 });
    const both = await Promise.all([publish({ revision: 1 }), publish({ revision: 1 })]);
    const statuses = both.map(({ status }) => status).toSorted();
    expect(statuses[0]).toBe(200);
    expect(statuses[1]).toBeGreaterThanOrEqual(404);
    expect((await ask<RuleHistory>("GET", "history")).body.versions[0]?.version).toBe(2);
  });

  it("is for those who may change rules", async () => {
    const shop = await stage.shop();
    const { cookie } = await stage.colleague(shop);
    expect((await stage.ask("GET", "/api/admin/rules/draft", cookie)).status).toBe(200);
    const body = { rules, revision: 0, basedOn: 1 };
    expect((await stage.ask("PUT", "/api/admin/rules/draft", cookie, body)).status).toBe(403);
    expect(
      (await stage.ask("POST", "/api/admin/rules/history/1/restore", cookie, { revision: 0 })).status,
    ).toBe(403);
    expect((await stage.ask("GET", "/api/admin/rules/history/1")).status).toBe(401);
  });
});

describe("the history", () => {
  it("comes in pages, newest first, down to the rules every company begins with", async () => {
    const { companyId } = await stage.shop();
    for (let version = 2; version <= 6; version += 1) await publishRules({ companyId }, rules);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const { versions, next } = await ruleHistory(companyId, { cursor, limit: 2 });
      expect(versions.length).toBeLessThanOrEqual(2);
      seen.push(...versions.map(({ version }) => version));
      cursor = next;
    } while (cursor !== undefined);
    expect(seen).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it("compares a version with the current, the one before, and the draft", async () => {
    const shop = await stage.shop();
    const { ask } = page(shop);
    await publishRules({ companyId: shop.companyId }, softer);
    await publishRules({ companyId: shop.companyId }, rules.slice(1));
    await saveDraft(shop.owner.who, { rules: softer.slice(1), words: {}, revision: 0, basedOn: 3 });
    const changes = async (against: string) => {
      const { body } = await ask<RuleVersionDetail>("GET", `history/2?against=${against}`);
      return [body.against, ...body.changes.map(({ sentence }) => sentence)];
    };
    const back =
      "New rule “Button”: When the customer presses the button, put the conversation in the queue at once.";
    const threshold = "“Unhappy customer”: threshold −0.6 → −0.4.";
    expect(await changes("current")).toEqual([3, back, threshold]);
    expect(await changes("previous")).toEqual([1, threshold]);
    expect(await changes("draft")).toEqual(["draft", back]);
    expect((await ask("GET", "history/9")).status).toBe(404);
    expect((await ask("GET", "history/2?against=9")).status).toBe(404);
  });

  it("restores a version into the draft, never over another's", async () => {
    const shop = await stage.shop();
    const { ask, draft } = page(shop);
    await publishRules({ companyId: shop.companyId }, softer);
    const restored = await ask<RuleDraft>("POST", "history/1/restore", { revision: 0 });
    expect(restored.body).toMatchObject({ rules, revision: 1, basedOn: 2, saved: true });
    expect((await ask("POST", "history/2/restore", { revision: 0 })).status).toBe(409);
    expect((await draft()).body.revision).toBe(1);
  });

  it("is a company's own", async () => {
    const [mine, theirs] = [await stage.shop(), await stage.shop()];
    await publishRules({ companyId: theirs.companyId }, softer);
    const { ask } = page(mine);
    expect((await ask("GET", "history/2")).status).toBe(404);
    expect((await ask("POST", "history/2/restore", { revision: 0 })).status).toBe(404);
    expect((await ask<RuleHistory>("GET", "history")).body.versions.map(({ version }) => version)).toEqual([
      1,
    ]);
  });
});

describe("the test box", () => {
  type Tested = {
    outcome: string;
    sentence: string;
    turns: { verdict: { trace: { ruleId: string; nearMiss?: number }[] } }[];
  };

  it("tries the rules on the page on what is typed, and says by how much each missed", async () => {
    const { ask } = page(await stage.shop());
    const on = {
      kind: "text",
      text: "Where is my parcel?",
      assume: { confidence: 0.38, earlierConfidences: [0.2] },
    };
    const { body } = await ask<Tested>("POST", "test", { rules, on });
    expect(body).toMatchObject({ outcome: "none" });
    expect(body.sentence).toContain("Closest: “Unsure answers”, 0.38 where it takes 0.35");
    const line = body.turns[0]?.verdict.trace.find(({ ruleId }) => ruleId === "confidence");
    expect(line?.nearMiss).toBe(0.03);
    const eased = rules.map((rule) => (rule.id === "confidence" ? { ...rule, threshold: 0.4 } : rule));
    expect((await ask<Tested>("POST", "test", { rules: eased, on })).body.outcome).toBe("offer");
  });

  it("takes for granted what it is told of customer and company", async () => {
    const { ask } = page(await stage.shop());
    const night: EscalationRule = {
      id: "night",
      name: "Night",
      trigger: "keyword",
      keywords: ["refund"],
      enabled: true,
      priority: 1,
      action: "escalate",
      when: {
        on: "all",
        of: [
          { on: "office_hours", is: "closed" },
          { on: "attribute", name: "plan", is: "equal", value: "gold" },
        ],
      },
    };
    const on = (assume: object) => ({ rules: [night], on: { kind: "text", text: "refund", assume } });
    const gold = { officeHours: "closed", attributes: { plan: "gold" } };
    expect((await ask<Tested>("POST", "test", on(gold))).body.outcome).toBe("escalate");
    expect((await ask<Tested>("POST", "test", on({ ...gold, officeHours: "open" }))).body.outcome).toBe(
      "none",
    );
    expect((await ask<Tested>("POST", "test", on({}))).body.outcome).toBe("none");
  });

  it("has no draft where none was saved, and no conversation of others", async () => {
    const [mine, theirs] = [await stage.shop(), await stage.shop()];
    const { ask } = page(mine);
    const typed = { kind: "text", text: "hello" };
    expect((await ask("POST", "test", { rules: "draft", on: typed })).status).toBe(404);
    const { conversationId } = await stage.chat(theirs);
    for (const id of [conversationId, newId()]) {
      const on = { kind: "conversation", conversationId: id };
      expect((await ask("POST", "test", { rules: "published", on })).status).toBe(404);
    }
  });

  it("says which rule is out of range", async () => {
    const { ask } = page(await stage.shop());
    const bad = [{ ...rules[0], trigger: "sentiment", threshold: 4, consecutive: 2 }];
    const { body, status } = await ask("POST", "test", { rules: bad, on: { kind: "text", text: "" } });
    expect([status, body.error?.message]).toEqual([
      400,
      "The body is not valid: rules.0.threshold: A mood lies between −1 (furious) and 1 (delighted).",
    ]);
  });
});
