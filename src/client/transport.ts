/** One event of a stream, whatever carried it. `data` is parsed JSON and not yet trusted. */
export type Frame = { id?: string; event: string; data: unknown };

/** What a transport tells while it is open. */
export type Listening = {
  lastEventId: string | undefined;
  signal: AbortSignal;
  /** Something arrived, be it a heartbeat only. */
  onAlive: () => void;
  /** The cursor moved without an event. */
  onId: (id: string) => void;
  onFrame: (frame: Frame) => void;
};

/** A way to receive events; `open` ends well when the server closed it and throws when it broke. */
export type Transport = {
  name: "sse" | "websocket";
  open: (listening: Listening) => Promise<void>;
};

/** One page of durable events for a client that asks again and again. */
export type Polled = { frames: Frame[]; next: string; more: boolean };

/** Asks for the durable events after a cursor. */
export type Poll = (after: string | undefined, signal: AbortSignal) => Promise<Polled>;
