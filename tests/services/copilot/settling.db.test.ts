import type pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Suggestion, wordsToSend } from "#contracts/copilot";
import { read } from "#lib/db";
import { newId } from "#lib/ids";
import { append, findConversation } from "#services/conversations";
import { copilotJobs, generateSuggestion, suggestionUse } from "#services/copilot";
import { sendAsOperator } from "#services/handover";
import { lookBehind } from "#support/database";
import { aHeldConversation, type Desk, type Held, openDesk, ports, say } from "./copilot-desk.ts";

let desk: Desk;
let admin: pg.Client;
beforeAll(async () => {
  desk = await openDesk();
  admin = await lookBehind(desk.database);
});
afterAll(async () => {
  await admin.end();
  await desk.close();
});

it("tells which suggestion was used as it was, and that the reply passed over the others", async () => {
  const { held, first, others } = await aSuggestedReply();

  const { messageId } = await reply(held, wordsToSend(first.text), first.id);

  const rows = await outcomesOf(held);
  expect(rows[first.id]).toEqual({ outcome: "used", similarity: 1, messageId });
  for (const { id } of others) expect(rows[id]).toEqual({ outcome: "ignored", similarity: null, messageId });
});

it("tells a suggestion that was changed from one that was replaced", async () => {
  const edited = await aSuggestedReply();
  await reply(edited.held, `Hi Kim! ${wordsToSend(edited.first.text)} Best, Anna`, edited.first.id);
  expect((await outcomesOf(edited.held))[edited.first.id]).toMatchObject({ outcome: "edited" });

  const replaced = await aSuggestedReply();
  await reply(replaced.held, "One moment please.", replaced.first.id);
  expect((await outcomesOf(replaced.held))[replaced.first.id]).toMatchObject({ outcome: "ignored" });
});

it("counts a suggestion that a second reply uses, and keeps one that was used", async () => {
  const { held, first } = await aSuggestedReply();
  await reply(held, "One moment please.");
  const { messageId } = await reply(held, wordsToSend(first.text), first.id);
  await reply(held, "Anything else?", first.id);
  expect((await outcomesOf(held))[first.id]).toMatchObject({ outcome: "used", messageId });
});

it("leaves suggestions open for a note, and for what the assistant says", async () => {
  const { held, first } = await aSuggestedReply();
  const note = { clientId: newId(), text: wordsToSend(first.text), audience: "operators" as const };
  await sendAsOperator(held.who, held.conversationId, { ...note, suggestionId: first.id });
  await say(held, { author: { kind: "agent", id: held.agentId }, text: "I can help." });
  await workOff();
  expect((await outcomesOf(held))[first.id]).toEqual({ outcome: null, similarity: null, messageId: null });
});

it("sends a reply that names another company's suggestion, and changes nothing there", async () => {
  const [mine, theirs] = await Promise.all([aSuggestedReply(), aSuggestedReply()]);
  await reply(mine.held, wordsToSend(theirs.first.text), theirs.first.id);
  expect((await outcomesOf(theirs.held))[theirs.first.id]).toMatchObject({ outcome: null });
});

it("reports by topic the share of replies that a suggestion lives on in", async () => {
  const company = await aSuggestedReply();
  const { held, first } = company;
  await reply(held, wordsToSend(first.text), first.id);
  await ask(held, "Refunds");
  const [second] = await generateSuggestion(held.who, held.conversationId, ports());
  await reply(held, "No.");
  await ask(held, "Refunds");
  const [third] = await generateSuggestion(held.who, held.conversationId, ports());
  await reply(held, `${wordsToSend(third?.text ?? "")} Greetings from the harbour`, third?.id);

  expect([second, third].map((one) => one !== undefined)).toEqual([true, true]);
  expect(await suggestionUse(held, { days: 7 })).toMatchObject({
    total: { replies: 3, used: 1, edited: 1, ignored: 1, acceptance: 2 / 3 },
    topics: [
      { topic: "Refunds", replies: 2, used: 0, edited: 1, ignored: 1, acceptance: 0.5 },
      { topic: "General", replies: 1, used: 1, edited: 0, ignored: 0, acceptance: 1 },
    ],
  });
  const later = new Date(Date.now() + 8 * 86_400_000);
  expect(await suggestionUse(held, { days: 7 }, later)).toMatchObject({
    total: { replies: 0, acceptance: undefined },
    topics: [],
  });
});

/** A conversation with suggestions made for it, the first of them the best. */
async function aSuggestedReply(): Promise<{ held: Held; first: Suggestion; others: Suggestion[] }> {
  const held = await aHeldConversation();
  const canned = [{ id: newId(), title: "Return window", text: "You have 30 days to return a tent." }];
  const [first, ...others] = await generateSuggestion(
    held.who,
    held.conversationId,
    ports(undefined, canned),
  );
  if (first === undefined || others.length === 0) throw new Error("Too little was suggested.");
  return { held, first, others };
}

async function reply({ who, conversationId }: Held, text: string, suggestionId?: string) {
  const sent = await sendAsOperator(who, conversationId, {
    clientId: newId(),
    text,
    audience: "all",
    suggestionId,
  });
  await workOff();
  return sent;
}

/** The customer asks once more, about a topic. */
async function ask(held: Held, topic: string) {
  const conversation = await findConversation(held, held.conversationId);
  await append(conversation, {
    now: new Date(),
    attributes: { topic },
    messages: [{ author: { kind: "customer", id: newId() }, text: "How long do I have to return a tent?" }],
  });
}

/** Does the jobs that replies have put in line, in the commit that stored them. */
async function workOff() {
  const { rows } = await admin.query<{ payload: unknown }>(
    `DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t
     WHERE t.id = j.task_id AND t.identifier = 'suggestion.settle' RETURNING j.payload`,
  );
  for (const { payload } of rows) await copilotJobs["suggestion.settle"]?.(payload);
}

async function outcomesOf({ companyId, conversationId }: Held) {
  const rows = await read<{
    id: string;
    outcome: string | null;
    similarity: number | null;
    messageId: string | null;
  }>(
    companyId,
    `SELECT id, outcome, similarity, message_id AS "messageId" FROM suggestion WHERE conversation_id = $1`,
    [conversationId],
  );
  return Object.fromEntries(rows.map(({ id, ...rest }) => [id, rest]));
}
