// The live company's phone number, who calls it, and what ElevenLabs asks while it rings.
import pg from "pg";
import { createConnection } from "#services/connections";
import { id, kind } from "./ground.ts";
import { owner, settleThread, voiceSecret } from "./platforms.ts";
import { rawRequest } from "./wire.ts";

const from = "+15550190000";
const voiceAgentId = "agent_of_the_benchmark";
const callers = 500;
const firstCaller = 3_500;

/** Connects the live company to a phone number whose calls a voice agent takes; the database is open. */
export async function connectPhone(adminUrl: string): Promise<void> {
  const { connection } = await createConnection(owner, {
    channel: "sms",
    name: "phone",
    agentId: id(kind.agent, 0),
    settings: {
      accountSid: `AC${"b".repeat(32)}`,
      authToken: "a token of the benchmark",
      from,
      voiceAgentId,
      voiceInitiationSecret: voiceSecret,
    },
  });
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  for (let n = 0; n < callers; n += 1) {
    const thread = {
      channel: "sms",
      connectionId: connection.id,
      chat: firstCaller + n,
      key: caller(n),
    } as const;
    await settleThread(admin, thread);
  }
  await admin.end();
}

/** So many requests of a voice agent that asks who calls, each of another call; every fifth caller is unknown. */
export function initiations(path: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) =>
    rawRequest({
      method: "POST",
      path,
      headers: { "x-baton-secret": voiceSecret },
      body: {
        caller_id: n % 5 === 4 ? `+1555888${String(n % 10_000).padStart(4, "0")}` : caller(n % callers),
        agent_id: voiceAgentId,
        called_number: from,
        call_sid: `CA${crypto.randomUUID().replaceAll("-", "")}`,
      },
    }),
  );
}

function caller(n: number): string {
  return `+1555777${String(n).padStart(4, "0")}`;
}
