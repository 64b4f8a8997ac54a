import type { CallView } from "#contracts/calls";
import type { ConversationDetail } from "#contracts/operator";
import type { StrayCallPage, VoiceVariables } from "#contracts/telephony";
import { read } from "#lib/db";
import { type ChannelStage, connect, openChannelStage, until } from "#support/channel-stage";
import { type FakeElevenLabs, startFakeElevenLabs } from "#support/fake-elevenlabs";
import { type FakeTwilio, startFakeTwilio } from "#support/fake-twilio";
import { aNumber } from "#support/phone";
import type { Answered, Shop } from "#support/stage";
import { aLine, type Line, line, type Posted } from "#support/voice-line";

/** A company whose phone number has a voice agent. */
export type VoiceShop = Shop & { line: Line; connectionId: string };

export type VoiceStage = ChannelStage & {
  elevenLabs: FakeElevenLabs;
  twilio: FakeTwilio;
  /** A company with a phone line of its own number. */
  voiceShop(change?: Partial<Line>): Promise<VoiceShop>;
  /** Posts what a platform would. */
  tell<T = Record<string, unknown>>(posted: Posted): Promise<Answered<T>>;
};

/** Opens every route with a worker beside it, and with platforms of calls and messages that listen here. */
export async function openVoiceStage(): Promise<VoiceStage> {
  const {
    voiceApiKey: apiKey,
    voiceAgentId: agentId,
    voicePhoneNumberId: phoneNumberId,
    from: number,
  } = line;
  const elevenLabs = await startFakeElevenLabs({ apiKey, agentId, phoneNumberId, number });
  const twilio = await startFakeTwilio({ ...line, number });
  const stage = await openChannelStage({
    ELEVENLABS_API_URL: elevenLabs.url,
    TWILIO_API_BASE_URL: twilio.url,
  });
  return {
    ...stage,
    elevenLabs,
    twilio,
    async voiceShop(change = {}) {
      const shop = await stage.shop();
      // One account at the platforms, whose every number has an agent and secrets of its own.
      const { accountSid, authToken, voicePhoneNumberId } = line;
      const own = { ...aLine(aNumber()), accountSid, authToken, voicePhoneNumberId, ...change };
      twilio.numbers.push(own.from);
      elevenLabs.agents.add(own.voiceAgentId);
      const { id } = await connect(stage, shop, "sms", own);
      return { ...shop, line: own, connectionId: id };
    },
    async tell<T>({ path, headers, body }: Posted) {
      const response = await fetch(`${stage.url}${path}`, { method: "POST", headers, body });
      const text = await response.text();
      const parsed = text.startsWith("{") ? JSON.parse(text) : {};
      return { status: response.status, text, body: parsed as T };
    },
    async close() {
      await stage.close();
      await elevenLabs.close();
      await twilio.close();
    },
  };
}

export type Initiated = { type: string; dynamic_variables: VoiceVariables };

/** Waits until everything that was delivered to a company has been read, and what follows from it is done. */
export async function atRest({ companyId }: Pick<Shop, "companyId">): Promise<void> {
  await until(async () => {
    const [row] = await read<{ open: number }>(
      companyId,
      `SELECT (SELECT count(*) FROM webhook_delivery WHERE company_id = $1 AND state = 'received')::int
            + (SELECT count(*) FROM phone_call WHERE company_id = $1 AND status = 'queued' AND dialled_at IS NULL)::int
            + (SELECT count(*) FROM run WHERE company_id = $1 AND state IN ('queued', 'running'))::int AS open`,
      [companyId],
    );
    return row?.open === 0;
  }, 30);
}

/** The calls of a company, or of one of its customers, oldest first. */
export async function callsOf(
  { companyId }: Pick<Shop, "companyId">,
  customer?: string,
): Promise<CallView[]> {
  const rows = await read<{ call: CallView }>(
    companyId,
    `SELECT call_view(p) AS call FROM phone_call p JOIN lead l ON l.id = p.lead_id
     WHERE p.company_id = $1 AND ($2::text IS NULL OR l.phone_number = $2) ORDER BY p.started_at, p.id`,
    [companyId, customer],
  );
  return rows.map(({ call }) => call);
}

/** The one call of a customer. */
export async function theCall(shop: Pick<Shop, "companyId">, customer: string): Promise<CallView> {
  await atRest(shop);
  const [call, ...others] = await callsOf(shop, customer);
  if (call === undefined || others.length > 0)
    throw new Error(`There is not one call, but ${call === undefined ? 0 : others.length + 1}.`);
  return call;
}

export type Said = { author: string; text: string; at: string; spoken: boolean; audience: string };

/** What the log of a conversation holds, oldest first. */
export async function said({ companyId }: Pick<Shop, "companyId">, conversationId: string): Promise<Said[]> {
  return read<Said>(
    companyId,
    `SELECT author_kind AS author, text, moment_text(created_at) AS at, data->>'kind' IS NOT DISTINCT FROM 'spoken' AS spoken, audience
     FROM message WHERE company_id = $1 AND conversation_id = $2 ORDER BY seq`,
    [companyId, conversationId],
  );
}

/** How a call moved, by the log of its conversation. */
export async function movesOf({ companyId }: Pick<Shop, "companyId">, callId: string): Promise<string[]> {
  const rows = await read<{ move: string }>(
    companyId,
    `SELECT (payload->>'change') || ' ' || (payload#>>'{call,status}') AS move FROM event
     WHERE company_id = $1 AND type = 'call' AND payload#>>'{call,id}' = $2 ORDER BY conversation_id, seq`,
    [companyId, callId],
  );
  return rows.map(({ move }) => move);
}

/** A conversation as an operator's window opens it. */
export async function shown(
  stage: VoiceStage,
  shop: Shop,
  conversationId: string,
): Promise<ConversationDetail> {
  const path = `/api/agent/conversations/${conversationId}`;
  return (await stage.ask<ConversationDetail>("GET", path, shop.owner.cookie)).body;
}

/** The calls of a company that belong to nobody, as its settings show them. */
export async function strays(stage: VoiceStage, shop: Shop): Promise<StrayCallPage["calls"]> {
  await atRest(shop);
  return (await stage.ask<StrayCallPage>("GET", "/api/admin/stray-calls", shop.owner.cookie)).body.calls;
}
