import { afterAll, beforeAll, expect, it } from "vitest";
import type { ConversationDetail } from "#contracts/operator";
import { read, withCompany } from "#lib/db";
import { forget } from "#lib/registry";
import { phoneMemory, telephonyJobs } from "#services/telephony";
import { until } from "#support/channel-stage";
import { type ModelServer, startModelServer } from "#support/model-server";
import { aPhoneLine, openPhoneStage, type PhoneStage } from "#support/phone";

let model: ModelServer;
let stage: PhoneStage;
beforeAll(async () => {
  model = await startModelServer();
  stage = await openPhoneStage({ modelUrl: model.url });
});
afterAll(async () => {
  await stage.close();
  await model.close();
  delete process.env.OPENAI_BASE_URL;
  forget("env");
});

it("has the AI know in a new conversation what was said in the one before, as a model summed it up", async () => {
  const line = await aPhoneLine(stage, { articles: true });
  const { companyId } = line.shop;
  const customer = line.customer();
  await customer.texts("How can I return the blue teapot?");
  await until(() => customer.received().length === 1);
  const { conversationId = "" } = await customer.lead();

  process.env.OPENAI_BASE_URL = model.url;
  forget("env");
  model.set({ chunks: ["- The customer returned a blue teapot."] });
  await telephonyJobs["telephony.summarise"]?.({ companyId, conversationId });
  const asked = model.requests.length;
  // Nothing was said since: the model is not asked again.
  await telephonyJobs["telephony.summarise"]?.({ companyId, conversationId });
  expect(model.requests).toHaveLength(asked);
  const kept = await read(
    companyId,
    `SELECT made_by AS "madeBy", text FROM conversation_summary WHERE company_id = $1`,
    [companyId],
  );
  expect(kept).toEqual([{ madeBy: "model", text: "The customer returned a blue teapot." }]);

  const at = `/api/agent/conversations/${conversationId}`;
  await stage.ask("POST", `${at}/take-over`, line.shop.owner.cookie);
  const opened = await stage.ask<ConversationDetail>("GET", at, line.shop.owner.cookie);
  expect(opened.body.phoneSummary).toBe("The customer returned a blue teapot.");
  await stage.ask("POST", `${at}/resolve`, line.shop.owner.cookie);
  await withCompany(companyId, (tx) =>
    tx.conversation.updateMany({
      where: { companyId, id: conversationId },
      data: { closedAt: new Date("2020-01-01") },
    }),
  );
  model.set({ chunks: ["It is on its way [1].", " <confidence>0.9</confidence>"] });
  await customer.texts("Did it arrive?");
  await until(() => model.requests.some(({ messages }) => isAbout(messages, "Did it arrive?")));
  const question = model.requests.find(({ messages }) => isAbout(messages, "Did it arrive?"));
  expect(question?.messages.at(-1)?.content).toMatch(
    /kind="summary"[^>]*>\nThe customer returned a blue teapot\.\n/,
  );
  expect(await phoneMemory(companyId, customer.number)).toMatchObject({
    summary: "The customer returned a blue teapot.",
    messages: expect.arrayContaining([
      expect.objectContaining({ text: "How can I return the blue teapot?" }),
    ]),
  });
});

function isAbout(messages: { content: string | null }[], words: string): boolean {
  return messages.at(-1)?.content?.includes(words) === true;
}
