import type { Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import type { CheckReport } from "#contracts/channel";
import { clientOf } from "./client.ts";
import { readingFailure } from "./failures.ts";
import { hasService, type SmsSettings } from "./settings.ts";

/** Asks Twilio for the account, and whether the number belongs to it (twilio.com/docs/iam/api/account). */
export async function check(config: SmsSettings, outside: Outside): Promise<CheckReport> {
  return reported(async () => {
    const { status } = await clientOf(config, outside).api.v2010.accounts(config.accountSid).fetch();
    const lines = [{ ok: status === "active", text: `The Twilio account is ${status}.` }];
    if (!hasService(config)) lines.push(numberLine(await numberSidOf(config, outside)));
    return { ok: lines.every(({ ok }) => ok), account: config.from, lines };
  });
}

/** Tells Twilio where the number delivers (twilio.com/docs/phone-numbers/api/incomingphonenumber-resource). */
export async function setup(
  config: SmsSettings,
  { webhookUrl }: { webhookUrl: string },
  outside: Outside,
): Promise<CheckReport> {
  return reported(async () => {
    // Another API of Twilio's holds messaging services; their address is entered once by hand.
    if (hasService(config)) {
      const text = `In the messaging service's Integration page choose "Send a webhook" and enter ${webhookUrl}`;
      return { ok: false, lines: [{ ok: false, text }] };
    }
    const sid = await numberSidOf(config, outside);
    if (sid === undefined) return { ok: false, lines: [numberLine(sid)] };
    const number = clientOf(config, outside).incomingPhoneNumbers(sid);
    await number.update({ smsUrl: webhookUrl, smsMethod: "POST" });
    return { ok: true, lines: [{ ok: true, text: "Twilio delivers to Baton now." }] };
  });
}

async function numberSidOf(config: SmsSettings, outside: Outside): Promise<string | undefined> {
  const numbers = clientOf(config, outside).incomingPhoneNumbers;
  const [number] = await numbers.list({ phoneNumber: config.from, limit: 1 });
  return number?.sid;
}

function numberLine(sid: string | undefined): CheckReport["lines"][number] {
  return sid === undefined
    ? { ok: false, text: "The number does not belong to this Twilio account." }
    : { ok: true, text: "The number belongs to this Twilio account." };
}

async function reported(work: () => Promise<CheckReport>): Promise<CheckReport> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DeliveryFailure)) throw error;
    return { ok: false, lines: [{ ok: false, text: readingFailure(error).message }] };
  }
}
