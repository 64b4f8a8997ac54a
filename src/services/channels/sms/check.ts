import type { Outside } from "#channels/channel";
import { voiceLines } from "#channels/elevenlabs/check";
import { voiceSettings } from "#channels/elevenlabs/settings";
import { reported, reportOf } from "#channels/report";
import { voicePaths } from "#contracts/calls";
import type { CheckReport } from "#contracts/channel";
import { clientOf } from "./client.ts";
import { hasService, type Settings } from "./settings.ts";

/**
 * Asks Twilio for the account, and whether the number belongs to it (twilio.com/docs/iam/api/account), and ElevenLabs for
 * the voice agent of its calls, where there is one.
 */
export async function check(settings: Settings, outside: Outside): Promise<CheckReport> {
  return reported(async () => {
    const { status } = await clientOf(settings, outside).api.v2010.accounts(settings.accountSid).fetch();
    const lines = [{ ok: status === "active", text: `The Twilio account is ${status}.` }];
    if (!hasService(settings)) lines.push(numberLine(await numberSidOf(settings, outside)));
    lines.push(...(await voiceLines(voiceSettings.parse(settings), settings.from, outside)));
    return reportOf(lines, settings.from);
  });
}

/** Tells Twilio where the number delivers (twilio.com/docs/phone-numbers/api/incomingphonenumber-resource). */
export async function setup(
  settings: Settings,
  { webhookUrl }: { webhookUrl: string },
  outside: Outside,
): Promise<CheckReport> {
  return reported(async () => {
    // Another API of Twilio's holds messaging services; their address is entered once by hand.
    if (hasService(settings)) {
      const text = `In the messaging service's Integration page choose "Send a webhook" and enter ${webhookUrl}`;
      return reportOf([{ ok: false, text }]);
    }
    const sid = await numberSidOf(settings, outside);
    if (sid === undefined) return reportOf([numberLine(sid)]);
    const number = clientOf(settings, outside).incomingPhoneNumbers(sid);
    const statusCallback = webhookUrl.replace(/\/api\/webhooks\/.*$/, voicePaths.callStatus);
    const calls = settings.voiceAgentId === undefined ? {} : { statusCallback, statusCallbackMethod: "POST" };
    await number.update({ smsUrl: webhookUrl, smsMethod: "POST", ...calls });
    return reportOf([{ ok: true, text: "Twilio delivers to Baton now." }]);
  });
}

async function numberSidOf(settings: Settings, outside: Outside): Promise<string | undefined> {
  const numbers = clientOf(settings, outside).incomingPhoneNumbers;
  const [number] = await numbers.list({ phoneNumber: settings.from, limit: 1 });
  return number?.sid;
}

function numberLine(sid: string | undefined): CheckReport["lines"][number] {
  return sid === undefined
    ? { ok: false, text: "The number does not belong to this Twilio account." }
    : { ok: true, text: "The number belongs to this Twilio account." };
}
