import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MessageView } from "#contracts/conversation";
import type { EscalationRule, RuleWords } from "#contracts/escalation";
import type { DecisionPage, DecisionView } from "#contracts/operator";
import { callSql, read, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { append, findConversation } from "#services/conversations";
import { defaultRules, publishRules } from "#services/escalation";
import { until } from "#support/channel-stage";
import { type ModelServer, startModelServer } from "#support/model-server";
import { type Chat, openStage, type Shop, type Stage } from "#support/stage";

const { rules } = defaultRules();

/** Says something in a chat and waits until the turn is decided and stored. */
async function say(stage: Stage, shop: Shop, chat: Chat, text: string): Promise<DecisionView[]> {
  const before = await ledger(stage, shop, chat);
  await stage.ask("POST", `${chat.base}/message`, chat.auth, { clientId: newId(), text });
  return until(async () => {
    const now = await ledger(stage, shop, chat);
    return now.length > before.length && now.slice(before.length);
  });
}

async function ledger(stage: Stage, shop: Shop, chat: Chat): Promise<DecisionView[]> {
  const path = `/api/agent/conversations/${chat.conversationId}/decisions`;
  return (await stage.ask<{ decisions: DecisionView[] }>("GET", path, shop.owner.cookie)).body.decisions;
}

async function linesOf(stage: Stage, chat: Chat): Promise<MessageView[]> {
  const { body } = await stage.ask<{ messages: MessageView[] }>("GET", `${chat.base}/messages`, chat.auth);
  return body.messages.filter(({ author }) => author.kind === "system");
}

describe("the ledger of a turn", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const publish = (shop: Shop, list: EscalationRule[], words: RuleWords = {}) =>
    publishRules(shop.owner.who, list, { words });

  it("says why nothing called for a person, what was measured, and by which versions", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);

    const [before, after] = await say(stage, shop, chat, "Do you sell a blue kayak with pedals?");

    expect([before?.phase, after?.phase]).toEqual(["before_answer", "after_answer"]);
    expect(after?.outcome).toBe("none");
    expect(after?.sentence).toMatch(
      /^Nothing called for a person\. Closest: “Unsure answers”, .* 1 of 2 in a row\.$/,
    );
    expect(after?.versions).toEqual({
      rules: 1,
      agent: 1,
      model: "keyless",
      knowledge: expect.stringMatching(/articles?/),
    });
    expect(before?.signals).toMatchObject({
      channel: "web",
      topic: "General",
      language: "en",
      since: 0,
      attributes: {},
    });
    expect(after?.trace.map(({ ruleId }) => ruleId)).toEqual(rules.map(({ id }) => id));
  });

  it("knows another version of the articles from the one before", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);
    const [first] = await say(stage, shop, chat, "How long can I return a tent?");
    await stage.ask("POST", "/api/admin/articles", shop.owner.cookie, {
      title: "Tents",
      body: "## Returns\n\nThirty days.",
      language: "en",
      status: "published",
    });
    const [second] = await say(stage, shop, chat, "How long can I return a stove?");
    expect(second?.versions.knowledge).not.toEqual(first?.versions.knowledge);
  });

  it("offers a person to whoever asks the same for the third time", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);
    await publish(
      shop,
      rules.filter(({ trigger }) => trigger === "circles"),
    );
    await say(stage, shop, chat, "Where is my order 1234?");
    await say(stage, shop, chat, "So where is order 1234?");
    const third = await say(stage, shop, chat, "My order 1234, where is it?");
    expect(third.at(-1)).toMatchObject({ outcome: "offer", reason: "circles" });
    expect(third.at(-1)?.sentence).toContain("The customer asked the same question 3 times.");
  });

  it("asks for channel, customer and language as they were on the turn", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);
    const gold: EscalationRule = {
      id: "gold",
      name: "Gold in German",
      trigger: "keyword",
      keywords: ["rechnung"],
      enabled: true,
      priority: 1,
      action: "escalate",
      when: {
        on: "all",
        of: [
          { on: "attribute", name: "plan", is: "equal", value: "gold" },
          { on: "language", is: "one_of", values: ["de"] },
          { on: "channel", is: "one_of", values: ["web"] },
        ],
      },
    };
    await publish(shop, [gold]);
    const [held] = await say(stage, shop, chat, "Wo finde ich bitte meine Rechnung?");
    expect(held?.outcome).toBe("none");
    await withCompany(shop.companyId, (tx) =>
      tx.contact.updateMany({ where: { companyId: shop.companyId }, data: { attributes: { plan: "Gold" } } }),
    );
    const [fired] = await say(stage, shop, chat, "Ich suche noch immer meine Rechnung!");
    expect(fired).toMatchObject({ outcome: "escalate", reason: "keyword", signals: { language: "de" } });
    const conversation = await findConversation(shop, chat.conversationId);
    expect([conversation.state, conversation.language]).toEqual(["WAITING_HUMAN", "de"]);
  });

  it("sends the conversation where its rule says, with the company's own words", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);
    const teamId = newId();
    await withCompany(shop.companyId, (tx) =>
      tx.team.create({ data: { id: teamId, companyId: shop.companyId, name: "Legal" } }),
    );
    const route = { teamId, skills: [{ name: "law", level: 3 }, { name: "english" }] };
    const legal = rules.map((rule) => (rule.id === "keywords" ? { ...rule, route } : rule));
    await publish(shop, legal, {
      keyword: { escalate: "Our legal team answers. You are number {position}." },
    });

    await say(stage, shop, chat, "My lawyer will write to you");

    const conversation = await findConversation(shop, chat.conversationId);
    expect(conversation).toMatchObject({ state: "WAITING_HUMAN", teamId, skills: ["law:3", "english"] });
    const [line] = await linesOf(stage, chat);
    expect(line?.text).toBe("Our legal team answers. You are number 1.");
    // So that the window shows it, and not its own card alone.
    expect(line?.notice).toMatchObject({ kind: "escalated", own: true });
  });

  it("goes to everyone where the rule's team is gone, and says the place in line in any case", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);
    const lost = rules.map((rule) =>
      rule.id === "keywords" ? { ...rule, route: { teamId: newId(), skills: [] } } : rule,
    );
    await publish(shop, lost, { keyword: { escalate: "One moment." } });
    await say(stage, shop, chat, "My lawyer will write to you");
    expect((await findConversation(shop, chat.conversationId)).teamId).toBeUndefined();
    const [line] = await linesOf(stage, chat);
    expect(line?.text).toBe("One moment. You are next in line.");
  });

  it("keeps to the way of the rule that offered, when the customer takes the offer", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);
    const offering = rules.map((rule) =>
      rule.id === "keywords"
        ? { ...rule, action: "offer" as const, route: { skills: [{ name: "law" }] } }
        : rule,
    );
    await publish(shop, offering, { keyword: { offer: "Shall a lawyer of ours call you?" } });
    await say(stage, shop, chat, "My lawyer will write to you");
    const [offer] = await linesOf(stage, chat);
    expect(offer?.text).toBe("Shall a lawyer of ours call you?");
    await stage.ask("POST", `${chat.base}/escalate`, chat.auth, {});
    expect((await findConversation(shop, chat.conversationId)).skills).toEqual(["law"]);
  });

  it("counts all that was written, however much that is, and not the lines of the system", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);
    const long = { id: "long", name: "Long", trigger: "conversation_length", maxMessages: 60 } as const;
    await publish(shop, [{ ...long, enabled: true, priority: 1, action: "offer" }]);
    await append(await findConversation(shop, chat.conversationId), {
      now: new Date(),
      messages: Array.from({ length: 90 }, (_, n) => ({
        author: { kind: (["customer", "agent", "system"] as const)[n % 3] ?? "system" },
        text: `${n}`,
      })),
    });
    const decided = await say(stage, shop, chat, "And where is the kayak?");
    expect(decided[0]?.signals).toMatchObject({ messages: 61 });
    expect(decided.at(-1)).toMatchObject({ outcome: "offer", reason: "conversation_length" });
  });

  it("is read from its newest turn on, page by page", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);
    const said = [
      ...(await say(stage, shop, chat, "How long can I return a tent?")),
      ...(await say(stage, shop, chat, "How long can I return a stove?")),
    ];
    const path = `/api/agent/conversations/${chat.conversationId}/decisions`;
    const page = async (query: string) =>
      (await stage.ask<DecisionPage>("GET", `${path}?${query}`, shop.owner.cookie)).body;
    const newest = await page("limit=3");
    expect(newest).toEqual({ decisions: said.slice(1), more: true });
    expect(await page(`limit=3&before=${newest.decisions[0]?.id}`)).toEqual({
      decisions: said.slice(0, 1),
      more: false,
    });
    expect(await page(`before=${newId()}`)).toEqual({ decisions: [], more: false });
  });

  it("knows on the button what it knows on any turn, and sends the conversation where the button's rule says", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);
    const teamId = newId();
    await withCompany(shop.companyId, (tx) =>
      tx.team.create({ data: { id: teamId, companyId: shop.companyId, name: "Deutsch" } }),
    );
    await publish(shop, [
      {
        id: "press",
        name: "Press in German",
        trigger: "manual",
        enabled: true,
        priority: 1,
        action: "escalate",
        when: {
          on: "all",
          of: [
            { on: "channel", is: "one_of", values: ["web"] },
            { on: "language", is: "one_of", values: ["de"] },
          ],
        },
        route: { teamId, skills: [{ name: "returns", level: 2 }] },
      },
    ]);
    await say(stage, shop, chat, "Guten Tag, ich warte seit drei Wochen auf mein neues Zelt");
    const before = await ledger(stage, shop, chat);
    await stage.ask("POST", `${chat.base}/escalate`, chat.auth, {
      reason: "Ich möchte bitte mit einem Menschen über mein Zelt sprechen",
    });
    const [pressed] = (await ledger(stage, shop, chat)).slice(before.length);
    expect(pressed?.trace).toMatchObject([{ ruleId: "press", fired: true, when: { met: true } }]);
    expect(pressed?.versions).toEqual(before.at(-1)?.versions);
    expect(pressed?.signals).toMatchObject({ channel: "web", topic: "General", language: "de", messages: 2 });
    expect(await findConversation(shop, chat.conversationId)).toMatchObject({
      state: "WAITING_HUMAN",
      teamId,
      skills: ["returns:2"],
      language: "de",
    });
  });

  it("sends the conversation where the rule for failures says, when a turn breaks", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);
    const route = { skills: [{ name: "machines" }] };
    await publish(
      shop,
      rules.map((rule) => (rule.trigger === "ai_failure" ? { ...rule, enabled: true, route } : rule)),
    );
    await callSql(
      `CREATE FUNCTION break_answer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$`,
    );
    await callSql(`CREATE TRIGGER break_answer BEFORE INSERT ON message FOR EACH ROW
      WHEN (NEW.conversation_id = '${chat.conversationId}' AND NEW.answer->>'outcome' = 'complete') EXECUTE FUNCTION break_answer()`);
    const decided = await say(stage, shop, chat, "How long can I return a tent?");
    await callSql("DROP TRIGGER break_answer ON message");
    expect(decided).toMatchObject([
      { outcome: "escalate", reason: "ai_failure", versions: { model: "keyless", agent: 1 } },
    ]);
    expect(await findConversation(shop, chat.conversationId)).toMatchObject({
      state: "WAITING_HUMAN",
      skills: ["machines"],
      language: "en",
    });
  });

  it("cannot be changed afterwards", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);
    const [line] = await say(stage, shop, chat, "How long can I return a tent?");
    const rewrite = read(shop.companyId, "UPDATE decision SET sentence = 'x' WHERE id = $1", [line?.id]);
    await expect(rewrite).rejects.toThrow();
    const erase = withCompany(shop.companyId, (tx) =>
      tx.decision.deleteMany({ where: { id: line?.id ?? "" } }),
    );
    await expect(erase).rejects.toThrow();
  });
});

describe("the ledger of a turn that a model answers", () => {
  let stage: Stage;
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModelServer();
    stage = await openStage({ modelUrl: server.url });
  });
  afterAll(async () => {
    await stage.close();
    await server.close();
  });

  it("has the customer's mood from the model, and never two moods of one turn", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);
    server.set({ chunks: ["I am sorry to hear that. ", "<confidence>0.9 mood -0.8</confidence>"] });
    const [before, after] = await say(stage, shop, chat, "Great, what a wonderful way to lose a parcel");
    expect(before?.signals).not.toHaveProperty("sentiment");
    expect(after?.signals).toMatchObject({ sentiment: -0.8, sentimentSource: "model" });
    const second = await say(stage, shop, chat, "Wonderful, and it is still lost");
    expect(second.at(-1)).toMatchObject({ outcome: "offer", reason: "sentiment" });
    expect(second.at(-1)?.signals).toMatchObject({ earlierSentiments: [-0.8] });
  });

  it("falls back to the words where the model says nothing of it", async () => {
    const shop = await stage.shop();
    const chat = await stage.chat(shop);
    server.set({ chunks: ["I am sorry. ", "<confidence>0.9</confidence>"] });
    const [, after] = await say(stage, shop, chat, "This is terrible, the worst service ever");
    expect(after?.signals).toMatchObject({ sentimentSource: "lexicon" });
    expect(after?.signals.sentiment).toBeLessThan(-0.6);
  });
});
