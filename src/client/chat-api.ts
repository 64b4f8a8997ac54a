import type {
  OpenedTopic,
  OpenSessionBody,
  SendMessageBody,
  SentMessage,
  SessionView,
} from "#contracts/chat";
import type { Attachment, MessageView, StateView } from "#contracts/conversation";
import type { AskedRating, RatingBody, RatingView } from "#contracts/rating";
import type { TopicList } from "#contracts/topics";
import { flag, type Guard, list, shape } from "./guard.ts";
import { isAskedRating, isRating } from "./rating.ts";
import {
  isEventPage,
  isMessage,
  isOpenedTopic,
  isSentMessage,
  isSession,
  isState,
  isTopicList,
} from "./shapes.ts";
import { general } from "./topics.ts";
import type { Polled } from "./transport.ts";
import { asWireError, readWireError, WireError } from "./wire-error.ts";

/** Some messages of a conversation, oldest first, and whether there are earlier ones. */
export type EarlierMessages = { messages: MessageView[]; more: boolean };

const isEarlier: Guard<EarlierMessages> = shape({ messages: list(isMessage), more: flag });

export type ChatApiOptions = {
  /** The origin of Baton, or nothing for the page's own. */
  base?: string;
  token: () => string | undefined;
  fetch?: typeof fetch;
  /** The topic that everything is about; General otherwise. */
  topic?: string;
  /** The stream that need not be told of what this window sends itself. */
  streamId?: () => string | undefined;
};

export type ChatApi = ReturnType<typeof routesOf> & {
  /** The same, about one topic. */
  about: (topic: string) => ChatApi;
};

/** The chat's routes as functions; each answer is proven before it is handed on. Throws `WireError`. */
export function createChatApi(options: ChatApiOptions): ChatApi {
  return { ...routesOf(options), about: (topic) => createChatApi({ ...options, topic }) };
}

function routesOf({
  base = "",
  token,
  fetch: ask = (...given) => fetch(...given),
  topic = general,
  streamId = () => undefined,
}: ChatApiOptions) {
  const headers = (): Record<string, string> => {
    const secret = token();
    return secret === undefined ? {} : { authorization: `Bearer ${secret}` };
  };
  const url = (sessionId: string, verb: string, query: Record<string, string> = {}) => {
    const asked = new URLSearchParams(topic === general ? query : { ...query, topic });
    const path = `${base}/api/chat/${encodeURIComponent(sessionId)}/${verb}`;
    return asked.size === 0 ? path : `${path}?${asked}`;
  };

  async function request(address: string, init: RequestInit): Promise<Response> {
    const response = await ask(address, { cache: "no-store", ...init }).catch((error) => {
      throw init.signal?.aborted ? error : asWireError(error);
    });
    if (!response.ok) throw await readWireError(response);
    return response;
  }

  const post = (address: string, body: unknown, extra: Record<string, string> = {}) =>
    request(address, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers(), ...extra },
      body: JSON.stringify(body ?? {}),
    });

  return {
    base,
    headers,
    url,
    topics: async (sessionId: string): Promise<TopicList> =>
      proven(await request(url(sessionId, "topics"), { headers: headers() }), isTopicList),
    openTopic: async (sessionId: string, name: string): Promise<OpenedTopic> =>
      proven(await post(url(sessionId, "topics"), { name }), isOpenedTopic),
    openSession: async (body: OpenSessionBody): Promise<SessionView> =>
      proven(await post(`${base}/api/chat/session`, body), isSession),
    send: async (sessionId: string, body: SendMessageBody): Promise<SentMessage> => {
      const stream = streamId();
      const sent = await post(url(sessionId, "message"), body, stream ? { "x-stream-id": stream } : {});
      return proven(sent, isSentMessage);
    },
    typing: (sessionId: string, typing: boolean) => post(url(sessionId, "typing"), { typing }),
    read: (sessionId: string, seq: number) => post(url(sessionId, "read"), { seq }),
    stop: (sessionId: string) => post(url(sessionId, "stop"), {}),
    decline: (sessionId: string) => post(url(sessionId, "decline"), {}),
    leaveAddress: (sessionId: string, email: string) => post(url(sessionId, "contact"), { email }),
    escalate: async (sessionId: string): Promise<StateView> =>
      proven(await post(url(sessionId, "escalate"), {}), isState),
    cancel: async (sessionId: string): Promise<StateView> =>
      proven(await post(url(sessionId, "cancel"), {}), isState),
    messages: async (sessionId: string, before: number): Promise<EarlierMessages> =>
      proven(
        await request(url(sessionId, "messages", { before: String(before) }), { headers: headers() }),
        isEarlier,
      ),
    async events(sessionId: string, after: string | undefined, signal: AbortSignal): Promise<Polled> {
      const address = url(sessionId, "events", { after: after || "0" });
      const page = await proven(await request(address, { headers: headers(), signal }), isEventPage);
      const frames = page.events.map((event) => ({ event: event.type, data: event }));
      return { frames, next: page.next, more: page.more };
    },
    rating: async (sessionId: string): Promise<AskedRating> =>
      proven(await request(url(sessionId, "rating"), { headers: headers() }), isAskedRating),
    rate: async (sessionId: string, body: RatingBody): Promise<RatingView> =>
      proven(await post(url(sessionId, "rating"), body), isRating),
    async attachment(sessionId: string, attachment: Attachment): Promise<Blob> {
      const address = url(sessionId, `attachments/${encodeURIComponent(attachment.id)}`);
      return (await request(address, { headers: headers() })).blob();
    },
  };
}

async function proven<T>(response: Response, guard: Guard<T>): Promise<T> {
  const body: unknown = await response.json().catch(() => undefined);
  if (guard(body)) return body;
  throw new WireError("unexpected_answer", "The server answered in a way this window does not understand.", {
    status: 502,
    requestId: response.headers.get("x-request-id") ?? undefined,
  });
}
