import twilio from "twilio";
import type { Outside } from "#channels/channel";
import { DeliveryFailure, networkFailure } from "#channels/failure";
import { outbound } from "#lib/outbound-http";
import { refusal } from "./failures.ts";
import type { SmsSettings } from "./settings.ts";

type Asked = Parameters<InstanceType<typeof twilio.RequestClient>["request"]>[0];
type Answered<Data> = { statusCode: number; body: Data; headers: Record<string, string> };

/** A client of Twilio's REST API for one piece of work, whose calls throw `DeliveryFailure`. */
export function clientOf({ accountSid, authToken }: SmsSettings, outside: Outside): twilio.Twilio {
  return twilio(accountSid, authToken, { httpClient: new GuardedClient(outside) });
}

/** How Twilio wants to be told who asks (twilio.com/docs/usage/requests-to-twilio, "Credentials"). */
export function authorizationOf(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/** Where a path of Twilio's REST API lies. */
export function addressOf(path: string, { bases }: Outside): URL {
  return new URL(`${bases.twilioApi.replace(/\/+$/, "")}${path}`);
}

/** Carries the SDK's requests through our own guarded door, to the base that the environment names. */
class GuardedClient extends twilio.RequestClient {
  readonly #outside: Outside;

  constructor(outside: Outside) {
    super({ keepAlive: false });
    this.#outside = outside;
  }

  override async request<Data>(asked: Asked): Promise<Answered<Data>> {
    const address = addressOf(new URL(asked.uri).pathname, this.#outside);
    address.search = new URLSearchParams(pairsOf(asked.params)).toString();
    const form = new URLSearchParams(pairsOf(asked.data));
    const answer = await outbound({
      url: address,
      method: asked.method === "get" ? "GET" : "POST",
      headers: {
        ...asked.headers,
        authorization: authorizationOf(asked.username ?? "", asked.password ?? ""),
      },
      body: asked.method === "get" ? undefined : form.toString(),
      privateHosts: this.#outside.privateHosts,
    }).catch((error: unknown) => {
      throw networkFailure(error, "Twilio");
    });
    const body: unknown = readJson(answer.body);
    if (answer.status >= 300) throw refusal(answer.status, body, secondsOf(answer.headers));
    if (body === undefined) {
      throw new DeliveryFailure("unknown", "answer", "Twilio's answer does not say whether it arrived.");
    }
    return { statusCode: answer.status, body: body as Data, headers: Object.fromEntries(answer.headers) };
  }
}

function pairsOf(values: unknown): [string, string][] {
  return Object.entries(values ?? {}).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, String(each)]),
  );
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    // A gateway's page instead of Twilio's answer; its status still says enough.
    return undefined;
  }
}

function secondsOf(headers: Headers): number | undefined {
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}
