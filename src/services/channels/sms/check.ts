import type { Outside } from "#channels/channel";
import { voiceAgentLine, voiceLines } from "#channels/elevenlabs/check";
import { voiceSettings } from "#channels/elevenlabs/settings";
import { practises } from "#channels/practice";
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
    if (practises(settings)) return practiceReport(settings, outside);
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
    const callStatusUrl = webhookUrl.replace(/\/api\/webhooks\/.*$/, voicePaths.callStatus);
    if (practises(settings)) {
      return reportOf([{ ok: true, text: "The practice line delivers to Baton by itself." }]);
    }
    // Another API of Twilio's holds messaging services; their address is entered once by hand.
    if (hasService(settings)) {
      const text = `In the messaging service's Integration page choose "Send a webhook" and enter ${webhookUrl}`;
      const calls = `In each number of the service that takes calls enter ${callStatusUrl} as "Call status changes".`;
      const texts = settings.voiceAgentId === undefined ? [text] : [text, calls];
      return reportOf(texts.map((each) => ({ ok: false, text: each })));
    }
    const sid = await numberSidOf(settings, outside);
    if (sid === undefined) return reportOf([numberLine(sid)]);
    const number = clientOf(settings, outside).incomingPhoneNumbers(sid);
    const statusCallback = { statusCallback: callStatusUrl, statusCallbackMethod: "POST" };
    const calls = settings.voiceAgentId === undefined ? {} : statusCallback;
    await number.update({ smsUrl: webhookUrl, smsMethod: "POST", ...calls });
    return reportOf([{ ok: true, text: "Twilio delivers to Baton now." }]);
  });
}

/** What is to be said of a line whose platforms the program plays, once the stand-in for Twilio has answered. */
async function practiceReport(settings: Settings, outside: Outside): Promise<CheckReport> {
  const lines = [
    {
      ok: true,
      text: "This is the practice line: Baton itself plays Twilio and ElevenLabs. Its text messages work.",
    },
    ...(await voiceAgentLine(voiceSettings.parse(settings), outside)).map(({ ok, text }) => ({
      ok,
      text: ok ? "Its calls work: the voice agent of the practice line answers." : text,
    })),
  ];
  return reportOf(lines, settings.from);
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
