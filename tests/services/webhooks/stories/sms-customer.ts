import twilio from "twilio";
import type { Customer, Delivery } from "#support/channel-story";
import type { FakeTwilio } from "#support/fake-twilio";

/** The account that customers write to. */
export const account = {
  accountSid: `AC${"a1".repeat(16)}`,
  authToken: "own-auth-token",
  number: "+15550100",
};

/** The settings of a number of the account. */
export function smsSettings(from = account.number) {
  const { accountSid, authToken } = account;
  return { accountSid, authToken, from };
}

let messages = 0;

/** Somebody who writes from a phone; Twilio's own SDK signs. */
export function anSmsCustomer(fake: FakeTwilio, phone: string, webhookUrl: string, number = account.number) {
  const deliver = (parameters: Record<string, string>): Delivery => {
    const signed = { AccountSid: account.accountSid, ApiVersion: "2010-04-01", ...parameters };
    return {
      headers: {
        "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
        "x-twilio-signature": twilio.getExpectedTwilioSignature(account.authToken, webhookUrl, signed),
      },
      body: new URLSearchParams(signed).toString(),
    };
  };
  const message = (fields: Record<string, string>) => {
    messages += 1;
    const MessageSid = `SM${String(messages).padStart(32, "c")}`;
    return deliver({ MessageSid, From: phone, To: number, Body: "", NumMedia: "0", ...fields });
  };
  return {
    message,
    says: (Body) => message({ Body }),
    shows(picture, Body) {
      const id = `ME${crypto.randomUUID().replaceAll("-", "")}`;
      fake.media.set(id, picture);
      const MediaUrl0 = `https://api.twilio.com/2010-04-01/Accounts/${account.accountSid}/Messages/MM1/Media/${id}`;
      return message({ Body, NumMedia: "1", MediaUrl0, MediaContentType0: "image/png" });
    },
    tells(status, { id }) {
      if (status === "read") return undefined;
      return deliver({ MessageSid: id, MessageStatus: status, From: number, To: phone });
    },
    received: () =>
      fake.calls
        .filter(({ sid, parameters }) => sid !== undefined && parameters.get("To") === phone)
        .map(({ sid = "", parameters }) => ({
          id: sid,
          text: parameters.get("Body") ?? "",
          buttons: [],
          file: parameters.has("MediaUrl"),
        })),
  } satisfies Customer & Record<string, unknown>;
}
