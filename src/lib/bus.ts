import { EventEmitter } from "node:events";
import { Redis } from "ioredis";
import { log } from "#lib/log";
import { forget, once } from "#lib/registry";

export type Listener = (message: string) => void;

/** A doorbell between processes: fast, and free to lose anything. Whatever must not be lost is read from Postgres. */
export type Bus = {
  kind: "memory" | "redis";
  publish(topic: string, message: string): void;
  /** Returns the way to stop listening; a topic is subscribed once a process, however many listen. */
  subscribe(topic: string, listener: Listener): () => void;
  /** Calls back after every new connection, when messages may have been missed. */
  onReconnect(listener: () => void): () => void;
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** Opens the process's bus: Redis pub/sub where a URL is given, otherwise within this process. */
export function openBus(redisUrl: string | undefined): Bus {
  return once("bus", () => (redisUrl === undefined ? memoryBus() : redisBus(redisUrl)));
}

/** The bus of this process; in-process when none was opened. */
export function bus(): Bus {
  return openBus(undefined);
}

/** Closes the bus and forgets it. */
export async function closeBus(): Promise<void> {
  const open = bus();
  forget("bus");
  await open.close();
}

/** Makes a bus within this process. */
export function memoryBus(): Bus {
  const topics = new Topics();
  return {
    kind: "memory",
    publish: (topic, message) => topics.ring(topic, message),
    subscribe: (topic, listener) => topics.add(topic, listener).remove,
    onReconnect: () => () => undefined,
    ping: async () => undefined,
    close: async () => undefined,
  };
}

/** Makes a bus over Redis pub/sub with one subscriber connection and counted subscriptions. */
export function redisBus(url: string): Bus {
  const options = {
    maxRetriesPerRequest: null,
    enableOfflineQueue: false,
    retryStrategy: (attempt: number) => Math.min(100 * attempt, 2_000) * (0.5 + Math.random() / 2),
  };
  const publisher = new Redis(url, options);
  // Subscriptions made while Redis is away are repeated by `autoResubscribe`, so they may wait in the queue.
  const subscriber = new Redis(url, { ...options, enableOfflineQueue: true });
  const topics = new Topics();
  const reconnects = new EventEmitter().setMaxListeners(0);
  for (const connection of [publisher, subscriber]) {
    connection.on("error", (error: Error) => log.warn({ code: error.name }, "The bus cannot reach Redis"));
  }
  subscriber.on("message", (topic: string, message: string) => topics.ring(topic, message));
  subscriber.on("ready", () => reconnects.emit("ready"));

  return {
    kind: "redis",
    publish(topic, message) {
      publisher.publish(topic, message).catch(() => {
        // Redis is away: this process's own streams are served all the same, the others find it by their sweep.
        topics.ring(topic, message);
      });
    },
    subscribe(topic, listener) {
      const { first, remove } = topics.add(topic, listener);
      if (first) subscriber.subscribe(topic).catch(() => undefined);
      return () => {
        if (remove().last) subscriber.unsubscribe(topic).catch(() => undefined);
      };
    },
    onReconnect(listener) {
      reconnects.on("ready", listener);
      return () => reconnects.off("ready", listener);
    },
    async ping() {
      await publisher.ping();
    },
    async close() {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}

class Topics {
  readonly listeners = new Map<string, Set<Listener>>();

  add(topic: string, listener: Listener) {
    const present = this.listeners.get(topic);
    const set = present ?? new Set<Listener>();
    // Wrapped, so that the same function may listen twice and be removed once.
    const entry: Listener = (message) => listener(message);
    set.add(entry);
    if (present === undefined) this.listeners.set(topic, set);
    return {
      first: present === undefined,
      remove: () => {
        set.delete(entry);
        const last = set.size === 0 && this.listeners.get(topic) === set;
        if (last) this.listeners.delete(topic);
        return { last };
      },
    };
  }

  ring(topic: string, message: string): void {
    for (const listener of this.listeners.get(topic) ?? []) {
      try {
        listener(message);
      } catch (error) {
        log.error({ err: error }, "A bus listener failed");
      }
    }
  }
}
