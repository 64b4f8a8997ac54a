import twilio from "twilio";
import type { LeadView } from "#contracts/telephony";
import { read } from "#lib/db";
import { importArticles } from "#services/knowledge";
import { type ChannelStage, connect, openChannelStage, until } from "#support/channel-stage";
import { type FakeTwilio, startFakeTwilio } from "#support/fake-twilio";
import type { Shop } from "#support/stage";

const account = {
  accountSid: `AC${"b2".repeat(16)}`,
  authToken: "token-of-the-phone",
  number: "+15550109999",
};
const origin = "https://help.example.com";

export type PhoneStage = ChannelStage & { twilio: FakeTwilio };

/** Opens every route with a worker, and an account at Twilio beside it. */
export async function openPhoneStage(options: { modelUrl?: string } = {}): Promise<PhoneStage> {
  const fake = await startFakeTwilio(account);
  const stage = await openChannelStage(
    {
      TWILIO_API_BASE_URL: fake.url,
      OUTBOUND_PRIVATE_HOSTS: new URL(fake.url).host,
      PUBLIC_BASE_URL: origin,
    },
    options,
  );
  return {
    ...stage,
    twilio: fake,
    close: async () => {
      await stage.close();
      await fake.close();
    },
  };
}

/** The next of the numbers that are given to nobody. */
export function aNumber(): string {
  given += 1;
  return `+1555555${String(given).padStart(4, "0")}`;
}
let given = 0;

export type PhoneLine = {
  shop: Shop;
  number: string;
  connectionId: string;
  customer(from?: string): PhoneCustomer;
};

export type PhoneCustomer = {
  number: string;
  /** Posts a message as Twilio does, and answers what we said to Twilio. */
  texts(Body: string, more?: Record<string, string>): Promise<Posted>;
  /** Tells what became of a message of ours. */
  tells(MessageSid: string, MessageStatus: string, more?: Record<string, string>): Promise<Posted>;
  /** What reached them, in order. */
  received(): string[];
  lead(): Promise<LeadView>;
};

export type Posted = { status: number; type: string | null; text: string };

type LineOptions = { articles?: boolean; number?: string; authToken?: string; helpText?: string };

/** A company with one phone number, whose messages come to the address that all companies share. */
export async function aPhoneLine(
  stage: PhoneStage,
  { articles = false, number = aNumber(), ...more }: LineOptions = {},
): Promise<PhoneLine> {
  const shop = await stage.shop();
  if (articles) await importArticles(shop.owner.who, "demo/help-centre");
  stage.twilio.numbers.push(number);
  const { accountSid, authToken } = account;
  const { id } = await connect(stage, shop, "sms", { accountSid, authToken, from: number, ...more });
  return {
    shop,
    number,
    connectionId: id,
    customer: (from = aNumber()) => customerOf(stage, shop, number, from),
  };
}

/** A request to one of the shared addresses, signed by a token. */
export async function postSigned(
  stage: Pick<PhoneStage, "url">,
  path: string,
  parameters: Record<string, string>,
  token = account.authToken,
): Promise<Posted> {
  const signed = { AccountSid: account.accountSid, ApiVersion: "2010-04-01", ...parameters };
  const response = await fetch(`${stage.url}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
      "x-twilio-signature": twilio.getExpectedTwilioSignature(token, `${origin}${path}`, signed),
    },
    body: new URLSearchParams(signed).toString(),
  });
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    text: await response.text(),
  };
}

function customerOf(stage: PhoneStage, shop: Shop, to: string, from: string): PhoneCustomer {
  return {
    number: from,
    texts: (Body, more = {}) =>
      postSigned(stage, "/api/webhooks/twilio/sms/incoming", {
        MessageSid: `SM${crypto.randomUUID().replaceAll("-", "")}`,
        From: from,
        To: to,
        Body,
        NumMedia: "0",
        ...more,
      }),
    tells: (MessageSid, MessageStatus, more = {}) =>
      postSigned(stage, "/api/webhooks/twilio/sms/status", {
        MessageSid,
        MessageStatus,
        From: to,
        To: from,
        ...more,
      }),
    received: () =>
      stage.twilio.calls
        .filter(({ sid, parameters }) => sid !== undefined && parameters.get("To") === from)
        .map(({ parameters }) => parameters.get("Body") ?? ""),
    lead: () =>
      until(async () => {
        const answer = await stage.ask<{ leads: LeadView[] }>("GET", "/api/agent/leads?limit=100", shop.key);
        return answer.body.leads.find(({ phoneNumber }) => phoneNumber === from);
      }),
  };
}

export type Entry = { author: string; text: string; audience: string; state: string | null };

/** The messages of a conversation, with what became of ours. */
export function messagesOf(companyId: string, conversationId: string): Promise<Entry[]> {
  return read<Entry>(
    companyId,
    `SELECT m.author_kind AS author, m.text, m.audience, d.state FROM message m
     LEFT JOIN delivery d ON d.message_id = m.id WHERE m.company_id = $1 AND m.conversation_id = $2 ORDER BY m.seq`,
    [companyId, conversationId],
  );
}
