import { describe, expect, it } from "vitest";
import { openRealtime, type RealtimeOptions } from "#client/realtime";
import type { Frame, Listening, Poll, Transport } from "#client/transport";
import { WireError } from "#client/wire-error";
import { handTimers, settle } from "#support/hand-timers";

type Opened = Listening & { end: () => void; fail: (error: Error) => void };

function harness(more: Partial<RealtimeOptions> = {}) {
  const opened: Opened[] = [];
  const events: Frame[] = [];
  const states: string[] = [];
  const clock = handTimers();
  const transport: Transport = {
    name: "sse",
    open: (listening) =>
      new Promise((resolve, reject) => opened.push({ ...listening, end: resolve, fail: reject })),
  };
  const realtime = openRealtime({
    transport,
    onEvent: (frame) => events.push(frame),
    timers: clock.timers,
    random: () => 1,
    ...more,
  });
  realtime.subscribe(() => states.push(realtime.status().state));
  const last = () => {
    const stream = opened.at(-1);
    if (stream === undefined) throw new Error("nothing was opened");
    return stream;
  };
  return { opened, events, states, clock, realtime, last, state: () => realtime.status().state };
}

const connected: Frame = { event: "connected", data: {} };
const message = (id: string): Frame => ({ id, event: "message", data: { id } });
const broken = () => new WireError("unreachable", "The server cannot be reached.");

describe("a realtime connection", () => {
  it("is connected from the first event on and hands events over in order", async () => {
    const { last, state, events } = harness();
    expect(state()).toBe("connecting");
    last().onFrame(connected);
    last().onFrame(message("1"));
    last().onFrame(message("2"));
    expect(state()).toBe("connected");
    expect(events.map(({ id }) => id)).toEqual([undefined, "1", "2"]);
  });

  it("comes back with the id of the last event it saw", async () => {
    const { last, opened, clock, state } = harness();
    last().onFrame(connected);
    last().onFrame(message("7"));
    last().fail(broken());
    await settle();
    expect(state()).toBe("reconnecting");
    await clock.pass(1_000);
    expect(opened).toHaveLength(2);
    expect(last().lastEventId).toBe("7");
  });

  it("does not take a primed id for what it has not yet received", async () => {
    const { last, clock } = harness({ lastEventId: "3" });
    last().onId("9");
    last().onFrame(connected);
    last().fail(broken());
    await clock.pass(1_000);
    expect(last().lastEventId).toBe("3");
    last().onId("9");
    last().onFrame(connected);
    last().onFrame({ event: "heartbeat", data: {} });
    last().fail(broken());
    await clock.pass(5_000);
    expect(last().lastEventId).toBe("9");
  });

  it("takes a stream that misses two heartbeats for dead", async () => {
    const { last, opened, clock, state } = harness();
    last().onFrame(connected);
    await clock.pass(30_000);
    last().onAlive();
    await clock.pass(34_000);
    expect(state()).toBe("connected");
    await clock.pass(1_000);
    expect(state()).toBe("reconnecting");
    expect(opened[0]?.signal.aborted).toBe(true);
  });

  it("gives up a request that is never answered", async () => {
    const { clock, states } = harness();
    await clock.pass(12_000);
    expect(states).toEqual(["reconnecting"]);
  });

  it("starts anew without a cursor when the server cannot continue the history", async () => {
    const { last, opened, events } = harness();
    last().onFrame(connected);
    last().onFrame(message("7"));
    last().onFrame({ event: "reset", data: { reason: "gone" } });
    expect(opened).toHaveLength(2);
    expect(last().lastEventId).toBeUndefined();
    expect(events.map(({ event }) => event)).not.toContain("reset");
  });

  it("drops what an abandoned stream still says", async () => {
    const { opened, events, clock } = harness();
    opened[0]?.onFrame(connected);
    opened[0]?.fail(broken());
    await clock.pass(1_000);
    opened[0]?.onFrame(message("99"));
    expect(events).toHaveLength(1);
  });

  it("never stops trying, and waits longer each time up to the cap", async () => {
    const { opened, last, clock } = harness();
    const waits: number[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      last().fail(broken());
      await settle();
      const wait = clock.waiting()[0] ?? 0;
      waits.push(wait);
      await clock.pass(wait);
    }
    expect(opened).toHaveLength(13);
    expect(waits.slice(0, 6)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
    expect(waits.at(-1)).toBe(30_000);
  });

  it("honours how long a busy server asks to wait", async () => {
    const { last, clock } = harness();
    last().fail(new WireError("rate_limited", "Slower.", { status: 429, retryAfter: 9_000 }));
    await settle();
    expect(clock.waiting()[0]).toBe(9_000);
  });

  it("polls after three failures, from its cursor, while it still tries the stream", async () => {
    const asked: (string | undefined)[] = [];
    const poll: Poll = async (after) => {
      asked.push(after);
      return { frames: [message(String(Number(after) + 1))], next: String(Number(after) + 1), more: false };
    };
    const { last, clock, state, events, opened } = harness({ poll, lastEventId: "4" });
    for (const wait of [1_000, 2_000]) {
      last().fail(broken());
      await clock.pass(wait);
    }
    expect(asked).toEqual([]);
    last().fail(broken());
    await clock.pass(0);
    expect(state()).toBe("polling");
    expect(asked).toEqual(["4"]);
    await clock.pass(5_000);
    expect(asked).toEqual(["4", "5"]);
    expect(opened.length).toBe(4);
    expect(last().lastEventId).toBe("5");
    last().onFrame(connected);
    expect(state()).toBe("connected");
    await clock.pass(20_000);
    expect(asked).toHaveLength(2);
    expect(events.map(({ id }) => id)).toEqual(["5", "6", undefined]);
  });

  it("says offline when polling fails too, and recovers", async () => {
    let away = true;
    const poll: Poll = async () => {
      if (away) throw broken();
      return { frames: [], next: "0", more: false };
    };
    const { last, clock, state } = harness({ poll });
    for (const wait of [1_000, 2_000, 0]) {
      last().fail(broken());
      await clock.pass(wait);
    }
    expect(state()).toBe("offline");
    away = false;
    await clock.pass(5_000);
    expect(state()).toBe("polling");
  });

  it("says offline at once when the machine has no network", async () => {
    const { last, state } = harness({ online: () => false });
    last().fail(broken());
    await settle();
    expect(state()).toBe("offline");
  });

  it("asks for a new right when the old one is refused, and goes on with it", async () => {
    let asked = 0;
    const { last, clock, opened } = harness({
      onRefused: async () => {
        asked += 1;
        return true;
      },
    });
    last().fail(new WireError("unauthenticated", "No.", { status: 401 }));
    await clock.pass(1_000);
    expect(asked).toBe(1);
    expect(opened).toHaveLength(2);
  });

  it("tries at once when told to", async () => {
    const { last, opened, realtime } = harness();
    last().fail(broken());
    await settle();
    realtime.retry();
    expect(opened).toHaveLength(2);
  });

  it("is silent after it was closed", async () => {
    const { last, opened, realtime, clock, events } = harness();
    realtime.close();
    last().onFrame(message("1"));
    last().fail(broken());
    await clock.pass(100_000);
    expect(opened).toHaveLength(1);
    expect(events).toEqual([]);
  });
});
