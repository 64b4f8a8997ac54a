import { type ChatApi, createChatApi } from "#client/chat-api";
import type { Keep } from "#client/outbox";
import { asWireError, WireError } from "#client/wire-error";
import type { SessionView } from "#contracts/chat";
import { type Ticket, ticketStore } from "./storage.ts";

type Options = {
  agentId: string;
  keep: Keep;
  /** The topic that the window shows. */
  topic: () => string;
  /** From a letter: opens one conversation in a browser that does not know it. */
  resume?: string | undefined;
  /** The letter's link opens nothing any more; a new chat is opened in its place. */
  onExpired?: () => void;
  onOpen: (session: SessionView) => void;
  /** The stream that is open now. */
  streamId: () => string | undefined;
};

/** Opens the session once, resumes it after a reload, and makes it anew when it has ended. */
export function createSession({ agentId, keep, topic, resume, onExpired, onOpen, streamId }: Options) {
  const tickets = ticketStore(keep, agentId);
  let ticket = tickets.read();
  let link = resume;
  let current: SessionView | undefined;
  let opening: Promise<SessionView> | undefined;
  let page: string | undefined;
  // Windows of one customer share the secret: one that was replaced by another window must not be used again.
  const api: ChatApi = createChatApi({ token: () => shared()?.token, streamId });

  function shared(): Ticket | undefined {
    const kept = tickets.read();
    return kept?.sessionId === ticket?.sessionId ? kept : ticket;
  }

  async function open(): Promise<SessionView> {
    // Another tab may have got a newer secret meanwhile.
    ticket = tickets.read() ?? ticket;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const about = { agentId, topic: topic(), locale: navigator.language, timeZone, ...(page && { page }) };
    const session = await resumed(about).catch((error) => {
      const { status } = asWireError(error);
      if ((ticket ?? link) === undefined || (status !== 401 && status !== 403 && status !== 404)) throw error;
      if (link !== undefined) onExpired?.();
      link = undefined;
      ticket = undefined;
      tickets.write(undefined);
      return api.openSession(about);
    });
    // From here on the secret leads back to it.
    link = undefined;
    const token = session.token ?? ticket?.token;
    if (token === undefined)
      throw new WireError("unexpected_answer", "The session has no secret.", { status: 502 });
    ticket = { sessionId: session.sessionId, token };
    tickets.write(ticket);
    current = session;
    onOpen(session);
    return session;
  }

  function resumed(about: {
    agentId: string;
    topic: string;
    locale: string;
    timeZone: string;
    page?: string;
  }) {
    if (link !== undefined) return api.openSession({ ...about, resume: link });
    return api.openSession(ticket ? { ...about, sessionId: ticket.sessionId } : about);
  }

  function ready(): Promise<SessionView> {
    if (current !== undefined) return Promise.resolve(current);
    return renew();
  }

  function renew(): Promise<SessionView> {
    opening ??= alone(`baton:${agentId}`, open).finally(() => {
      opening = undefined;
    });
    return opening;
  }

  return {
    /** The chat's routes, about the topic that the window shows just now. */
    get api() {
      return api.about(topic());
    },
    about: api.about,
    ready,
    renew,
    known: () => ticket !== undefined,
    setPage: (address: string) => {
      page = address;
    },
    /** Does something with the session, once more after renewing it when its right has ended. */
    async use<T>(act: (sessionId: string) => Promise<T>): Promise<T> {
      const { sessionId } = await ready();
      try {
        return await act(sessionId);
      } catch (error) {
        if (asWireError(error).status !== 401) throw error;
        return act((await renew()).sessionId);
      }
    },
  };
}

/** Lets one window of the browser after the other renew the secret, where the browser allows frames to agree on that. */
async function alone<T>(name: string, act: () => Promise<T>): Promise<T> {
  let begun = false;
  const begin = () => {
    begun = true;
    return act();
  };
  try {
    if (navigator.locks === undefined) return await begin();
    // A window that hangs must not keep the others from their chat.
    return await navigator.locks.request(name, { signal: AbortSignal.timeout(3_000) }, begin);
  } catch (error) {
    if (begun) throw error;
    return act();
  }
}
