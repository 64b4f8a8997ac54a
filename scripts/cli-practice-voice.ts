// A stand-in for the API of ElevenLabs, so that calls by voice can be tried without an account there.
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { env } from "#lib/env";
import { StartError } from "#lib/start-error";

type Print = (line: string) => void;

/** For so long a call lasts here, in milliseconds. */
const callLasts = 6_000;

/** Plays the API of ElevenLabs until it is interrupted, and tells Baton after each call what was said in it. */
export async function practiceVoice(words: string[], print: Print): Promise<void> {
  const { values } = parseArgs({
    args: words,
    options: { port: { type: "string" }, number: { type: "string" }, baton: { type: "string" } },
  });
  const port = Number(values.port ?? 4_011);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartError("A port is a number up to 65535.");
  const baton = values.baton ?? env.PUBLIC_BASE_URL;
  const { startFakeElevenLabs, postCall, line } = await parts();
  const own = { ...line, from: values.number ?? line.from };
  const account = {
    apiKey: own.voiceApiKey,
    agentId: own.voiceAgentId,
    phoneNumberId: own.voicePhoneNumberId,
    number: own.from,
  };

  const stand = await startFakeElevenLabs(account, {
    port,
    onPlaced: ({ to: customer, conversationId, callSid, variables }) => {
      print(`A call begins: ${conversationId}`);
      const tell = async () => {
        await pause(callLasts, undefined, { ref: false });
        const turns: [role: "user" | "agent", message: string, seconds: number][] = [
          ["agent", `Hello, I call about this: ${variables.call_context ?? "your request"}`, 0],
          ["user", "Thank you, that is all I wanted to know.", 4],
        ];
        const call = { customer, direction: "outbound" as const, conversationId, callSid, turns, variables };
        const { path, headers, body } = postCall(own, { ...call, seconds: callLasts / 1_000 });
        const { status } = await fetch(new URL(path, baton), { method: "POST", headers, body });
        print(`It is over, and Baton answered ${status}.`);
      };
      tell().catch(() => print(`It is over, but Baton is not at ${baton}.`));
    },
  }).catch(() => {
    throw new StartError(`The port ${port} is taken: choose another with --port <port>.`);
  });

  print(`The API of ElevenLabs is played at ${stand.url}. Start Baton with:\n`);
  print(`  ELEVENLABS_API_URL=${stand.url} OUTBOUND_PRIVATE_HOSTS=${new URL(stand.url).host} npm start\n`);
  print("In Settings, Channels, SMS, enter:\n");
  const entries = [
    ["Number", own.from],
    ["Voice agent ID", own.voiceAgentId],
    ["Voice phone number ID", own.voicePhoneNumberId],
    ["ElevenLabs API key", own.voiceApiKey],
    ["Post-call webhook secret", own.voicePostCallSecret],
    ["Conversation-initiation secret", own.voiceInitiationSecret],
  ];
  for (const [name = "", value] of entries) print(`  ${name.padEnd(32)}${value}`);
  print("\nCtrl-C ends it.");
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await stand.close();
}

// Read where it is needed: images that only serve come without the tests.
async function parts() {
  try {
    const [{ startFakeElevenLabs }, { postCall, line }] = await Promise.all([
      import("#support/fake-elevenlabs"),
      import("#support/voice-line"),
    ]);
    return { startFakeElevenLabs, postCall, line };
  } catch (cause) {
    throw new StartError(
      "The stand-in lies in tests/support, which this copy of Baton does not have.",
      undefined,
      {
        cause,
      },
    );
  }
}
