import { backoffDelay } from "./backoff.ts";
import { systemTimers, type Timers } from "./timers.ts";
import type { Frame, Poll, Transport } from "./transport.ts";
import { asWireError, WireError } from "./wire-error.ts";

/** How the connection stands, as a window may show it. */
export type ConnectionState = "connecting" | "connected" | "reconnecting" | "polling" | "offline";

export type ConnectionStatus = {
  state: ConnectionState;
  /** Since when, in milliseconds. */
  since: number;
  /** Attempts that failed since the stream last stood. */
  failures: number;
  transport: Transport["name"];
  error?: WireError;
  /** When the stream is tried again, in milliseconds. */
  retryAt?: number;
};

export type RealtimeOptions = {
  transport: Transport;
  /** Called for each event in the order of arrival; what was seen before may come again and is for the reader to drop. */
  onEvent: (frame: Frame) => void;
  poll?: Poll;
  lastEventId?: string;
  /** The right to listen has ended (401, 403, 404): make it anew and say whether to go on. */
  onRefused?: (error: WireError) => Promise<boolean>;
  timers?: Timers;
  random?: () => number;
  online?: () => boolean;
  limits?: Partial<typeof standard>;
};

/** A connection that comes back by itself, without end, until it is closed. */
export type Realtime = {
  status: () => ConnectionStatus;
  subscribe: (listener: () => void) => () => void;
  lastEventId: () => string | undefined;
  /** Tries at once, whatever the wait would have been. */
  retry: () => void;
  close: () => void;
};

const standard = {
  /** Two heartbeats of 15 s missed, and a little grace. */
  silence: 35_000,
  /** A stream that says nothing for so long after the request was never one. */
  opening: 12_000,
  pollEvery: 5_000,
  failuresBeforePolling: 3,
  /** A stream that stood so long has proved the way; its end starts the waits anew. */
  proven: 10_000,
};

/** Opens a stream and keeps it: resumes by cursor, backs off with jitter, polls when the stream stays away. */
export function openRealtime(options: RealtimeOptions): Realtime {
  const { transport, poll, timers = systemTimers, random = Math.random, online = () => true } = options;
  const limits = { ...standard, ...options.limits };
  const listeners = new Set<() => void>();
  let status: ConnectionStatus = {
    state: "connecting",
    since: timers.now(),
    failures: 0,
    transport: transport.name,
  };
  let cursor = options.lastEventId;
  let failures = 0;
  let closed = false;
  let attempt: AbortController | undefined;
  let standing: number | undefined;
  // The id a stream is primed with counts only when what stands before it has arrived.
  let primed: string | undefined;
  let caughtUp = false;
  let cancelWatch = () => {};
  let cancelRetry = () => {};
  let polling: AbortController | undefined;

  function tell(state: ConnectionState, error?: WireError, retryAt?: number) {
    const since = state === status.state ? status.since : timers.now();
    status = { state, since, failures, transport: transport.name };
    if (error !== undefined) status.error = error;
    if (retryAt !== undefined) status.retryAt = retryAt;
    for (const listener of listeners) listener();
  }

  function watch(milliseconds: number, current: AbortController, why: string) {
    cancelWatch();
    cancelWatch = timers.after(milliseconds, () => ended(current, new WireError("silent", why)));
  }

  function begin() {
    cancelRetry();
    cancelWatch();
    attempt?.abort();
    const current = new AbortController();
    attempt = current;
    standing = undefined;
    primed = undefined;
    caughtUp = false;
    watch(limits.opening, current, "The server did not answer in time.");
    const mine = () => attempt === current && !closed;
    const alive = () => {
      if (mine()) watch(limits.silence, current, "The server fell silent.");
    };
    transport
      .open({
        lastEventId: cursor,
        signal: current.signal,
        onAlive: alive,
        onId: (id) => {
          if (!mine()) return;
          alive();
          if (caughtUp) cursor = id;
          else primed = id;
        },
        onFrame: (frame) => {
          if (!mine()) return;
          alive();
          receive(frame);
        },
      })
      .then(
        () => ended(current),
        (error) => ended(current, asWireError(error)),
      );
  }

  function receive(frame: Frame) {
    if (standing === undefined) {
      standing = timers.now();
      polling?.abort();
      polling = undefined;
      tell("connected");
    }
    moveCursor(frame);
    if (frame.event === "reset") {
      // The history cannot be gone on with: without a cursor the server answers with a whole snapshot.
      cursor = undefined;
      begin();
      return;
    }
    options.onEvent(frame);
  }

  function moveCursor({ id, event }: Frame) {
    // By the first heartbeat a replay is over, by the snapshot there is none.
    const whole = event === "snapshot" || event === "heartbeat";
    if (whole) caughtUp = true;
    if (id !== undefined) {
      cursor = id;
      primed = undefined;
    } else if (whole && primed !== undefined) {
      cursor = primed;
      primed = undefined;
    }
  }

  function ended(current: AbortController, error?: WireError) {
    if (closed || attempt !== current) return;
    attempt = undefined;
    current.abort();
    cancelWatch();
    const lived = standing === undefined ? 0 : timers.now() - standing;
    standing = undefined;
    if (lived >= limits.proven) failures = 0;
    else failures += 1;
    if (error && [401, 403, 404].includes(error.status ?? 0) && options.onRefused) {
      refused(error);
      return;
    }
    later(error);
  }

  function later(error: WireError | undefined) {
    const jittered = failures === 0 ? Math.round(random() * 1_000) : backoffDelay(failures - 1, random());
    const delay = Math.max(jittered, Math.min(error?.retryAfter ?? 0, 60_000));
    const retryAt = timers.now() + delay;
    const away = failures >= limits.failuresBeforePolling;
    if (!online() || (away && poll === undefined)) tell("offline", error, retryAt);
    else if (away) tell(isAway(status.state) ? status.state : "reconnecting", error, retryAt);
    else tell("reconnecting", error, retryAt);
    cancelRetry();
    cancelRetry = timers.after(delay, begin);
    if (away && poll !== undefined && polling === undefined) startPolling(poll);
  }

  function refused(error: WireError) {
    tell("reconnecting", error);
    const go = (again: boolean) => {
      if (closed || attempt !== undefined) return;
      if (again) later(error);
      else tell("offline", error);
    };
    options.onRefused?.(error).then(go, () => go(true));
  }

  function startPolling(ask: Poll) {
    const current = new AbortController();
    polling = current;
    const mine = () => polling === current && !closed;
    const round = async () => {
      try {
        let more = true;
        while (more && mine()) {
          const page = await ask(cursor, current.signal);
          if (!mine()) return;
          for (const frame of page.frames) options.onEvent(frame);
          cursor = page.next;
          more = page.more;
        }
        if (mine()) tell("polling", status.error, status.retryAt);
      } catch (error) {
        if (mine()) tell("offline", asWireError(error), status.retryAt);
      }
      if (mine()) timers.after(limits.pollEvery, () => mine() && round());
    };
    round();
  }

  begin();
  return {
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lastEventId: () => cursor,
    retry() {
      if (closed || standing !== undefined) return;
      begin();
    },
    close() {
      closed = true;
      cancelRetry();
      cancelWatch();
      attempt?.abort();
      polling?.abort();
      listeners.clear();
    },
  };
}

// Once the polls tell how things stand, one more failed stream does not change the story.
function isAway(state: ConnectionState): boolean {
  return state === "polling" || state === "offline";
}
