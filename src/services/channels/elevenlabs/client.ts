import { z } from "zod";
import type { Outside } from "#channels/channel";
import {
  DeliveryFailure,
  networkFailure,
  repeatable,
  statusFailure,
  unreadableAnswer,
} from "#channels/failure";
import { jsonIn } from "#channels/json";
import { worldOf } from "#channels/practice";
import { retryAfter } from "#channels/retry-after";
import { type OutboundAnswer, outbound } from "#lib/outbound-http";
import type { VoiceSettings } from "./settings.ts";

/** Whom failures speak of. */
export const label = "ElevenLabs";

type Asked = {
  method: "GET" | "POST";
  /** The parts of the path below the base. */
  path: readonly string[];
  json?: unknown;
  /** Nobody hears of it, so a call without an answer may simply be made again. */
  repeatable?: true;
  maxBytes?: number;
  timeoutMs?: number;
};

/** Where the API of a number's voice agent lies. */
export function voiceBase(settings: VoiceSettings, outside: Outside): string {
  return worldOf(settings, outside).bases.elevenLabs;
}

/** Asks ElevenLabs and reads its answer (elevenlabs.io/docs/api-reference). Throws `DeliveryFailure`. */
export async function askElevenLabs<Schema extends z.ZodType>(
  settings: VoiceSettings,
  outside: Outside,
  asked: Asked,
  schema: Schema,
): Promise<z.output<Schema>> {
  const { body } = await fetchElevenLabs(settings, outside, asked);
  const { data } = schema.safeParse(jsonIn(body));
  if (data !== undefined) return data;
  const failure = unreadableAnswer(label);
  throw asked.repeatable ? repeatable(failure, label) : failure;
}

/** The same for an answer that is no JSON. Throws `DeliveryFailure`. */
export async function fetchElevenLabs(
  settings: VoiceSettings,
  outside: Outside,
  asked: Asked,
): Promise<OutboundAnswer> {
  const { voiceApiKey } = settings;
  if (voiceApiKey === undefined) {
    throw new DeliveryFailure("permanent", "no_api_key", "The ElevenLabs API key is missing.");
  }
  try {
    const answer = await outbound({
      url: [voiceBase(settings, outside), ...asked.path.map(encodeURIComponent)].join("/"),
      method: asked.method,
      headers: {
        "xi-api-key": voiceApiKey,
        ...(asked.json !== undefined && { "content-type": "application/json" }),
      },
      body: asked.json === undefined ? undefined : JSON.stringify(asked.json),
      maxBytes: asked.maxBytes,
      timeoutMs: asked.timeoutMs ?? 20_000,
      privateHosts: worldOf(settings, outside).privateHosts,
    });
    if (answer.status < 200 || answer.status > 299) throw refusalOf(answer, outside);
    return answer;
  } catch (error) {
    throw asked.repeatable ? repeatable(error, label) : networkFailure(error, label);
  }
}

// Only the code: the words beside it may repeat what we asked, a number among it.
const Refusal = z.looseObject({ detail: z.looseObject({ status: z.string().regex(/^[a-z_]{1,60}$/) }) });

function refusalOf({ status, body, headers }: OutboundAnswer, outside: Outside): DeliveryFailure {
  const code = Refusal.safeParse(jsonIn(body)).data?.detail.status;
  if (status === 401 || status === 403) {
    const words = "ElevenLabs does not accept the API key: enter it again.";
    return new DeliveryFailure("revoked", code ?? `http_${status}`, words);
  }
  if (status === 404) {
    const words = "ElevenLabs does not know this voice agent or phone number: check their ids.";
    return new DeliveryFailure("permanent", code ?? "http_404", words);
  }
  return statusFailure(status, label, { code, retryAfter: retryAfter(headers, outside.now()) });
}
