// Behind the package's index wait the login libraries of Azure, which nothing here needs.
import { ConnectorClient } from "botframework-connector/lib/connectorApi/connectorClient.js";
import type { ConnectorClientOptions } from "botframework-connector/lib/connectorApi/models/index.js";
import { z } from "zod";
import { isAskable } from "#channels/address";
import type { Outside } from "#channels/channel";
import { DeliveryFailure, networkFailure, noAddress } from "#channels/failure";
import { jsonIn } from "#channels/json";
import type { Thread } from "#contracts/channel";
import { outbound } from "#lib/outbound-http";
import { refusalOf } from "./failures.ts";
import type { Settings } from "./settings.ts";
import { withToken } from "./token.ts";

type HttpClient = NonNullable<ConnectorClientOptions["httpClient"]>;

/** What is written into a conversation, in the terms of Microsoft's client. */
export type Written = Parameters<ConnectorClient["conversations"]["sendToConversation"]>[1];

const Address = z.object({ serviceUrl: z.string(), conversationId: z.string() });

/**
 * Writes one activity into a thread and returns the id that Teams gave it, which is none where Teams made two of it.
 * Throws `DeliveryFailure`.
 */
export async function write(
  { thread, activity, replyTo }: { thread: Thread; activity: Written; replyTo?: string | undefined },
  settings: Settings,
  outside: Outside,
): Promise<string | undefined> {
  const { data: address } = Address.safeParse(thread.address);
  if (address === undefined) throw noAddress("Teams");
  const { serviceUrl, conversationId } = address;
  if (!isAskable(serviceUrl, outside)) {
    const words = "Teams gave no safe address for this conversation.";
    throw new DeliveryFailure("permanent", "service_url", words);
  }
  return await withToken(settings, outside, async (token) => {
    const { conversations } = clientOf(serviceUrl, token, outside);
    const asked =
      replyTo === undefined
        ? conversations.sendToConversation(conversationId, activity)
        : conversations.replyToActivity(conversationId, replyTo, { ...activity, replyToId: replyTo });
    const { id } = await asked.catch((error: unknown) => {
      throw networkFailure(error, "Teams");
    });
    return id;
  });
}

/** A client for one request: neither the token nor the address may outlive it. */
function clientOf(serviceUrl: string, token: string, outside: Outside): ConnectorClient {
  const credentials = {
    async signRequest(request: Parameters<HttpClient["sendRequest"]>[0]) {
      request.headers.set("authorization", `Bearer ${token}`);
      return request;
    },
  };
  return new ConnectorClient(credentials, { baseUri: serviceUrl, httpClient: guarded(outside) });
}

/**
 * The network beneath the client. It throws whatever is no success, since the client would ask again on a 429, 500, 502,
 * 503 or 504, and so say the same twice; and would follow a redirect with our token.
 */
function guarded({ privateHosts, now }: Outside): HttpClient {
  return {
    async sendRequest(request) {
      const answer = await outbound({
        url: request.url,
        method: "POST",
        headers: { ...request.headers.rawHeaders(), "accept-encoding": "identity" },
        body: String(request.body),
        privateHosts,
      });
      if (answer.status < 200 || answer.status > 299) throw refusalOf(answer, now());

      const headers = request.headers.clone();
      for (const name of headers.headerNames()) headers.remove(name);
      headers.set("content-type", "application/json");
      // Taken is taken: a body that cannot be read must not look like a failure.
      const bodyAsText = JSON.stringify(jsonIn(answer.body) ?? {});
      return { request, headers, status: answer.status, bodyAsText };
    },
  };
}
