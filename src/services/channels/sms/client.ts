import twilio from "twilio";
import type { Outside } from "#channels/channel";
import { networkFailure, repeatable, unreadableAnswer } from "#channels/failure";
import { jsonIn } from "#channels/json";
import { worldOf } from "#channels/practice";
import { retryAfter } from "#channels/retry-after";
import { outbound } from "#lib/outbound-http";
import { refusalOf } from "./failures.ts";
import type { Settings } from "./settings.ts";

type Asked = Parameters<InstanceType<typeof twilio.RequestClient>["request"]>[0];
type Answered<Data> = { statusCode: number; body: Data; headers: Record<string, string> };

/** A client of Twilio's REST API for one piece of work, whose calls throw `DeliveryFailure`. */
export function clientOf(settings: Settings, outside: Outside): twilio.Twilio {
  const { accountSid, authToken } = settings;
  return twilio(accountSid, authToken, { httpClient: new GuardedClient(worldOf(settings, outside)) });
}

/** How Twilio wants to be told who asks (twilio.com/docs/usage/requests-to-twilio, "Credentials"). */
export function authorizationOf(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/** Where a path of Twilio's REST API lies. */
export function addressOf(path: string, { bases }: Outside): URL {
  return new URL(`${bases.twilioApi}${path}`);
}

/** Carries the SDK's requests through our own guarded door, to the base that the environment names. */
class GuardedClient extends twilio.RequestClient {
  readonly #outside: Outside;

  constructor(outside: Outside) {
    super({ keepAlive: false });
    this.#outside = outside;
  }

  override async request<Data>(asked: Asked): Promise<Answered<Data>> {
    const { pathname } = new URL(asked.uri);
    try {
      return await this.#answered<Data>(asked, addressOf(pathname, this.#outside));
    } catch (error) {
      // Only a message is seen by a customer; all else may be asked twice.
      throw pathname.endsWith("/Messages.json")
        ? networkFailure(error, "Twilio")
        : repeatable(error, "Twilio");
    }
  }

  async #answered<Data>(asked: Asked, url: URL): Promise<Answered<Data>> {
    const isRead = asked.method === "get";
    url.search = new URLSearchParams(pairsOf(asked.params)).toString();
    const authorization = authorizationOf(asked.username ?? "", asked.password ?? "");
    const { status, headers, body } = await outbound({
      url,
      method: isRead ? "GET" : "POST",
      headers: { ...asked.headers, authorization },
      body: isRead ? undefined : new URLSearchParams(pairsOf(asked.data)).toString(),
      privateHosts: this.#outside.privateHosts,
    });
    const told = jsonIn(body);
    if (status >= 300) throw refusalOf(status, told, retryAfter(headers, this.#outside.now()));
    if (told === undefined) throw unreadableAnswer("Twilio");
    return { statusCode: status, body: told as Data, headers: Object.fromEntries(headers) };
  }
}

function pairsOf(values: unknown): [string, string][] {
  return Object.entries(values ?? {}).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, String(each)]),
  );
}
