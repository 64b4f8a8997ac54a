import type { Shift } from "./hours.ts";
import { systemLine } from "./system-line.ts";

/** What is known of a wait as it begins. */
export type Wait = {
  position: number;
  estimateMinutes: number | undefined;
  /** Undefined where the company has set no hours: then nothing can be promised. */
  shift: Shift | undefined;
  /** How many operators are there now. */
  staff: number;
  /** How the customer is reached later: where they wrote, by the address they left, or not at all yet. */
  reach: "platform" | "email" | "unknown";
};

/** Where a customer stands, in a sentence or two. */
export function placeWords({
  position,
  estimateMinutes,
}: Pick<Wait, "position" | "estimateMinutes">): string {
  const place = position === 1 ? "You are next in line." : `You are number ${position} in line.`;
  return estimateMinutes === undefined ? place : `${place} The wait is about ${lasting(estimateMinutes)}.`;
}

/** Says whether nobody will come soon: outside the hours, or within them with nobody there. */
export function isNobodyThere(wait: Wait): wait is Wait & { shift: Shift } {
  return wait.shift !== undefined && (!wait.shift.open || wait.staff === 0);
}

const answers: Record<Wait["reach"], string> = {
  platform: "Your place in line is kept, and the answer will come here.",
  email: "Your place in line is kept, and we have your e-mail address.",
  unknown: "Your place in line is kept. Leave your e-mail address, so that we can reach you.",
};

/** The honest line for a customer for whom nobody is there now: when somebody is, and how they will be answered. */
export function nobodyLine({ shift, position, reach }: Wait & { shift: Shift }, begin = "") {
  const there = shift.open ? "Nobody is free at this moment." : "Nobody is here right now.";
  const back =
    shift.backAt === undefined ? [] : [`We are back on ${momentWords(shift.backAt, shift.timeZone)}.`];
  const words = [there, ...back, answers[reach], "You can go on writing: we will see everything."];
  return systemLine(`${begin}${words.join(" ")}`, {
    kind: "no_operators",
    position,
    backAt: shift.backAt?.toISOString(),
    asks: reach === "unknown" ? "email" : undefined,
  });
}

function lasting(minutes: number): string {
  if (minutes === 1) return "a minute";
  return minutes < 90 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

function momentWords(at: Date, timeZone: string): string {
  const day = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "long", day: "numeric", month: "long" });
  const time = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  const zone = timeZone.split("/").at(-1)?.replaceAll("_", " ");
  return `${day.format(at)} at ${time.format(at)} (${zone} time)`;
}
