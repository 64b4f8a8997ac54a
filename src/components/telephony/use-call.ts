"use client";

import { useEffect, useRef, useState } from "react";
import { asWireError, isPassing } from "#client/wire-error";
import { toast } from "#components/ui/toaster.tsx";
import { isLive } from "#contracts/calls";
import type { PracticeCall, PracticeEnd, PracticeTurn } from "#contracts/practice";
import type { LeadState } from "./lead-state.ts";
import { placeOf, practice } from "./practice-api.ts";

/** What the practice phone does just now. */
export type OnPhone =
  | { is: "idle" }
  | { is: "dialling" }
  | { is: "ringing"; call: PracticeCall }
  | { is: "talking"; call: PracticeCall; since: number; turns: PracticeTurn[]; thinking: boolean }
  | { is: "ending" };

/** For so long a phone rings before nobody has answered, in milliseconds. */
const ringsFor = 30_000;

/** How often more the end of a call is told, a second apart, while the server is away. */
const triesToTell = 30;

/** The practice phone's one call: it is placed, or rings, is spoken, and ends. */
export function useCall(number: string, state: LeadState) {
  const [now, setNow] = useState<OnPhone>({ is: "idle" });
  const [variables, setVariables] = useState<PracticeCall["variables"]>();
  const latest = useRef(now);
  latest.current = now;

  function talk(call: PracticeCall) {
    setVariables(call.variables);
    const turns: PracticeTurn[] = [{ author: "agent", text: call.greeting, at: 0 }];
    setNow({ is: "talking", call, since: Date.now(), turns, thinking: false });
  }

  async function dial() {
    setNow({ is: "dialling" });
    try {
      talk(await practice.call(number));
    } catch (error) {
      fail(error);
    }
  }

  async function answer(call: PracticeCall) {
    try {
      await practice.answer(call);
      talk(call);
    } catch (error) {
      fail(error);
    }
  }

  async function say(text: string) {
    add({ author: "customer", text }, true);
    try {
      add({ author: "agent", text: (await practice.words(text)).text }, false);
    } catch (error) {
      toast.error(asWireError(error).message);
      add(undefined, false);
    }
  }

  /** Ends what the phone does: hangs up, or lets a ringing call be. */
  async function end(how: PracticeEnd["how"] = "completed") {
    const report = reportOf(latest.current, how);
    if (report === undefined) return;
    setNow({ is: "ending" });
    try {
      await tellEnd(report);
    } catch (error) {
      toast.error(asWireError(error).message);
    } finally {
      setNow({ is: "idle" });
    }
  }

  function add(turn: Omit<PracticeTurn, "at"> | undefined, thinking: boolean) {
    setNow((before) => {
      if (before.is !== "talking") return before;
      const at = (Date.now() - before.since) / 1_000;
      return { ...before, thinking, turns: turn ? [...before.turns, { ...turn, at }] : before.turns };
    });
  }

  function fail(error: unknown) {
    toast.error(asWireError(error).message);
    setNow({ is: "idle" });
  }

  useRing(number, state, now, (call) => {
    setVariables(call.variables);
    setNow({ is: "ringing", call });
  });
  const ends = useRef(end);
  ends.current = end;
  const rings = now.is === "ringing";
  useEffect(() => {
    if (!rings) return;
    const timer = setTimeout(() => ends.current("no_answer"), ringsFor);
    return () => clearTimeout(timer);
  }, [rings]);
  useEffect(() => {
    // Who closes the window hangs up.
    const leave = () => {
      const report = reportOf(latest.current, latest.current.is === "ringing" ? "no_answer" : "completed");
      if (report) void practice.end(report).catch(() => undefined);
    };
    window.addEventListener("pagehide", leave);
    return () => window.removeEventListener("pagehide", leave);
  }, []);

  return { now, variables, dial, answer, say, end };
}

export type Call = ReturnType<typeof useCall>;

/** Lets the phone ring once Baton has placed a call to it. */
function useRing(number: string, state: LeadState, now: OnPhone, onRing: (call: PracticeCall) => void) {
  const placed = state.calls.find(({ direction, status }) => direction === "outbound" && isLive(status));
  const rung = useRef<string>(undefined);
  const heard = useRef(onRing);
  heard.current = onRing;
  const idle = now.is === "idle";
  useEffect(() => {
    if (placed === undefined || placed.id === rung.current || !idle) return;
    let tries = 0;
    const timer = setInterval(async () => {
      tries += 1;
      const call = await practice.ringing(number).catch(() => undefined);
      if (call === undefined && tries < 20) return;
      clearInterval(timer);
      if (call === undefined || rung.current === placed.id) return;
      rung.current = placed.id;
      heard.current(call);
    }, 500);
    return () => clearInterval(timer);
  }, [placed, number, idle]);
}

/** Tells how a call ended, again as platforms do where Baton is away: what was said is nowhere else. Throws what is final. */
async function tellEnd(report: PracticeEnd): Promise<void> {
  for (let left = triesToTell; ; left -= 1) {
    try {
      await practice.end(report);
      return;
    } catch (error) {
      if (left === 0 || !isPassing(error)) throw error;
      await new Promise((done) => setTimeout(done, 1_000));
    }
  }
}

function reportOf(now: OnPhone, how: PracticeEnd["how"]): PracticeEnd | undefined {
  if (now.is !== "talking" && now.is !== "ringing") return undefined;
  const spoken = now.is === "talking" ? now : undefined;
  return {
    ...placeOf(now.call),
    variables: now.call.variables,
    how,
    seconds: spoken ? (Date.now() - spoken.since) / 1_000 : 0,
    turns: spoken?.turns ?? [],
  };
}
