import { describe, expect, it } from "vitest";
import { defaultRules } from "#services/escalation";

const folder = `${process.cwd()}/src/http/boot/past`;
const { pastOf } = (await import(`${folder}/past.ts`)) as typeof import("../../src/http/boot/past/past.ts");
const { demoSchedule } = (await import(
  `${folder}/cast.ts`
)) as typeof import("../../src/http/boot/past/cast.ts");
const { readScenarios } = (await import(
  `${folder}/scenarios.ts`
)) as typeof import("../../src/http/boot/past/scenarios.ts");

const now = new Date("2026-11-26T15:00:00.000Z");
const script = await readScenarios("demo/past");
const slugs = script.scenarios.flatMap(({ turns, again }) =>
  [...turns, again].flatMap((turn) => turn?.article ?? []),
);
const operator = (id: string, role: "owner" | "operator") => ({
  id,
  name: `${id} Berg`,
  role,
  email: "",
  image: null,
});
const cast = {
  agent: { id: "0198a000-0000-7000-8000-00000000000a", name: "Nori" },
  operators: [operator("Freja", "owner"), operator("Anna", "operator"), operator("Mikkel", "operator")],
  teams: new Map([["Workshop", "0198a000-0000-7000-8000-00000000000b"]]),
  articles: new Map(slugs.map((slug) => [slug, { id: slug, title: slug, url: slug }])),
  rules: defaultRules(),
  schedule: demoSchedule("Europe/Berlin"),
} as unknown as Parameters<typeof pastOf>[0];

const past = pastOf(cast, script, { now });
const begins = past.map(({ told }) => told.began);

describe("the demo's past", () => {
  it("is the same for the same moment, and another one for another seed", () => {
    const wordsOf = (played: typeof past) =>
      played.flatMap(({ told }) =>
        told.steps.flatMap(({ now: at, messages = [] }) =>
          messages.map(({ text }) => `${at.toISOString()} ${text}`),
        ),
      );
    const week = { now, days: 7 };
    const words = wordsOf(pastOf(cast, script, week));
    expect(wordsOf(pastOf(cast, script, week))).toEqual(words);
    expect(wordsOf(pastOf(cast, script, { ...week, seed: 7 }))).not.toEqual(words);
  });

  it("is quiet on Sundays and at night, and busiest on Mondays", () => {
    const on = (day: number) => begins.filter((at) => at.getUTCDay() === day).length;
    expect(on(0) * 2).toBeLessThan(on(1));
    const night = begins.filter((at) => at.getUTCHours() < 4).length;
    const noon = begins.filter((at) => at.getUTCHours() >= 9 && at.getUTCHours() < 13).length;
    expect(night * 5).toBeLessThan(noon);
  });

  it("leaves nobody with a person or in the queue, and nothing ahead of now", () => {
    const open = past.filter(({ told }) => {
      const last = told.steps.findLast(({ change }) => change !== undefined)?.change?.state;
      return last === "WAITING_HUMAN" || last === "WITH_HUMAN";
    });
    expect(open).toEqual([]);
    expect(past.flatMap(({ told }) => told.steps).filter(({ now: at }) => at > now)).toEqual([]);
  });

  it("has each step after the one before", () => {
    for (const { told } of past) {
      const moments = told.steps.map(({ now: at }) => at.getTime());
      expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    }
  });

  it("brings in people for every reason that the rules know, and lets the rest to the agent", () => {
    const reasons = past.flatMap(({ told }) =>
      told.steps.flatMap(({ decisions = [] }) => decisions.map((each) => each.reason)),
    );
    for (const reason of [
      "explicit_request",
      "keyword",
      "sentiment",
      "confidence",
      "circles",
      "agent_tool",
      "ai_failure",
    ])
      expect(reasons).toContain(reason);
    const called = past.filter(({ told }) => told.steps.some(({ escalation }) => escalation !== undefined));
    expect(called.length / past.length).toBeGreaterThan(0.18);
    expect(called.length / past.length).toBeLessThan(0.36);
  });

  it("fills every gap of its words", () => {
    const words = past.flatMap(({ told }) =>
      told.steps.flatMap(({ messages = [] }) => messages.map(({ text }) => text)),
    );
    expect(words.filter((text) => /\{|undefined/.test(text))).toEqual([]);
    expect(words.filter((text) => text.trim() === "")).toEqual([]);
  });
});
