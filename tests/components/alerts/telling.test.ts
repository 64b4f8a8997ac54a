import { describe, expect, it } from "vitest";
import { type Circumstances, planOf, type Telling, tellingOf } from "#components/alerts/telling.ts";
import { AlertChannel, AlertKind, alertDefaults } from "#contracts/notifications";

const conversationId = "0197a000-0000-7000-8000-000000000001";
const me = "me";

function aTelling(change: Partial<Telling> = {}): Telling {
  return {
    kind: "escalation",
    conversationId,
    title: "Kim",
    text: "Needs a person",
    key: "k",
    heard: "at once",
    ...change,
  };
}

function about(change: Partial<Circumstances> = {}): Circumstances {
  return {
    settings: alertDefaults,
    now: new Date("2026-11-10T12:00:00Z"),
    inFront: false,
    looking: true,
    allowed: true,
    muted: false,
    ...change,
  };
}

describe("how a window tells", () => {
  it("is not at all, of what is in front", () => {
    for (const kind of AlertKind.options)
      expect(planOf(aTelling({ kind, heard: "noted" }), about({ inFront: true }))).toEqual({
        toast: false,
        sound: false,
        desktop: false,
      });
  });

  it("is on the desktop only while nobody looks, and only with leave", () => {
    const noted = aTelling({ heard: "noted" });
    expect(planOf(noted, about({ looking: false })).desktop).toBe(true);
    expect(planOf(noted, about({ looking: true })).desktop).toBe(false);
    expect(planOf(noted, about({ looking: false, allowed: false })).desktop).toBe(false);
  });

  it("is without a sound in quiet hours or when muted, yet seen in the window", () => {
    const quiet = { on: true, from: "11:00", to: "13:00", days: [], timeZone: "UTC" };
    const silent = about({ settings: { ...alertDefaults, quiet }, looking: false });
    expect(planOf(aTelling(), silent)).toEqual({ toast: true, sound: false, desktop: false });
    expect(planOf(aTelling({ heard: "noted" }), silent).desktop).toBe(false);
    expect(planOf(aTelling(), about({ muted: true }))).toMatchObject({ toast: true, sound: false });
  });

  it("follows each cell of the matrix, once for each thing that happens", () => {
    for (const kind of AlertKind.options) {
      for (const channel of AlertChannel.options) {
        const none = Object.fromEntries(AlertChannel.options.map((each) => [each, false]));
        const matrix = { ...alertDefaults.matrix, [kind]: { ...none, [channel]: true } };
        const settings = { ...alertDefaults, matrix } as typeof alertDefaults;
        const plans = (["at once", "noted"] as const).map((heard) =>
          planOf(aTelling({ kind, heard }), about({ settings, looking: false })),
        );
        const early = ["escalation", "assigned", "message"].includes(kind);
        // Only three kinds are heard of at once; the others come noted alone.
        const heard = early ? plans : plans.slice(1);
        for (const way of ["toast", "sound", "desktop"] as const)
          expect([kind, channel, way, heard.filter((plan) => plan[way]).length]).toEqual([
            kind,
            channel,
            way,
            way === channel ? 1 : 0,
          ]);
      }
    }
  });
});

describe("what an event says", () => {
  it("is who it is about and why, in words", () => {
    const event = {
      type: "new_escalation",
      conversationId,
      customer: "Kim",
      reason: "explicit_request",
    } as const;
    expect(tellingOf(event, me)).toMatchObject({
      kind: "escalation",
      title: "Kim",
      text: "Needs a person: they asked for one",
    });
    expect(tellingOf({ ...event, reason: "Asked twice" }, me)?.text).toBe("Asked twice");
  });

  it("is nothing of what was assigned to others", () => {
    const event = { type: "assignment", conversationId, customer: "Kim" } as const;
    expect(tellingOf({ ...event, operator: { id: "other", name: "Ben" } }, me)).toBeUndefined();
    expect(tellingOf({ ...event, operator: { id: me, name: "Anna" } }, me)?.kind).toBe("assigned");
  });

  it("names what the desktop shows as its push does, so that both are one", () => {
    const alert = {
      id: conversationId,
      kind: "sla_breach",
      conversationId,
      customer: "Kim",
      count: 3,
      at: "2026-11-10T12:00:00Z",
      read: false,
    } as const;
    const unread = { queue: 0, mine: 0, mentions: 0, sla: 1 };
    expect(tellingOf({ type: "alert", conversationId, alert, unread }, me)?.key).toBe(`${conversationId}:3`);
  });
});
