import { describe, expect, it } from "vitest";
import { Condition } from "#contracts/conditions";
import type { EscalationRule, Signals } from "#contracts/escalation";
import { describeRule } from "#contracts/rule-words";
import { detect } from "#services/escalation";

const signals: Signals = {
  messages: 4,
  alreadyOffered: false,
  earlierSentiments: [-0.7],
  earlierConfidences: [],
  sentiment: -0.6,
  confidence: 0.3,
  sameQuestion: 2,
  channel: "whatsapp",
  language: "de",
  topic: "Billing",
  officeHours: "closed",
  attributes: { plan: "Gold", orders: 12, vip: true },
};

const rule = (when: Condition): EscalationRule => ({
  id: "r",
  name: "Refunds",
  trigger: "keyword",
  keywords: ["refund"],
  enabled: true,
  priority: 1,
  action: "escalate",
  when,
});

const fires = (when: Condition, change: Partial<Signals> = {}) =>
  detect([rule(Condition.parse(when))], { text: "A refund, please", signals: { ...signals, ...change } })
    .outcome === "escalate";

describe("a rule with a condition", () => {
  const holding: [string, Condition][] = [
    ["channel", { on: "channel", is: "one_of", values: ["sms", "whatsapp"] }],
    ["another channel", { on: "channel", is: "none_of", values: ["web"] }],
    ["language", { on: "language", is: "one_of", values: ["de"] }],
    ["topic", { on: "topic", is: "one_of", values: ["billing"] }],
    ["office hours", { on: "office_hours", is: "closed" }],
    ["attribute", { on: "attribute", name: "plan", is: "equal", value: "gold" }],
    ["attribute is not", { on: "attribute", name: "plan", is: "not_equal", value: "free" }],
    ["attribute contains", { on: "attribute", name: "plan", is: "contains", value: "gol" }],
    ["attribute above", { on: "attribute", name: "orders", is: "above", value: 10 }],
    ["attribute below", { on: "attribute", name: "orders", is: "below", value: 13 }],
    ["yes or no", { on: "attribute", name: "vip", is: "equal", value: true }],
    ["mood", { on: "sentiment", atMost: -0.5, consecutive: 2 }],
    ["certainty", { on: "confidence", below: 0.4, consecutive: 1 }],
    ["length", { on: "messages", moreThan: 3 }],
    ["circles", { on: "circles", times: 2 }],
    ["keyword", { on: "keyword", keywords: ["please"] }],
  ];

  it.each(holding)("fires where it holds: %s", (_, when) => {
    expect(fires(when)).toBe(true);
  });

  const failing: [string, Condition][] = [
    ["channel", { on: "channel", is: "none_of", values: ["whatsapp"] }],
    ["language", { on: "language", is: "one_of", values: ["en"] }],
    ["topic", { on: "topic", is: "none_of", values: ["Billing"] }],
    ["office hours", { on: "office_hours", is: "open" }],
    ["unknown attribute", { on: "attribute", name: "country", is: "equal", value: "AT" }],
    ["attribute", { on: "attribute", name: "orders", is: "above", value: 12 }],
    ["mood", { on: "sentiment", atMost: -0.5, consecutive: 3 }],
    ["circles", { on: "circles", times: 3 }],
    ["explicit request", { on: "explicit_request" }],
  ];

  it.each(failing)("does not fire where it does not hold: %s", (_, when) => {
    expect(fires(when)).toBe(false);
  });

  it("takes what was not measured for not held, whichever way it is asked", () => {
    const nothing = {
      channel: undefined,
      language: undefined,
      officeHours: undefined,
      attributes: undefined,
      confidence: undefined,
    };
    for (const [, when] of [...holding, ...failing].slice(0, 11)) {
      if (when.on === "topic") continue;
      expect([when, fires(when, nothing)]).toEqual([when, false]);
    }
    expect(fires({ on: "confidence", below: 1, consecutive: 1 }, nothing)).toBe(false);
  });

  it("joins its facts with and and or, two levels deep", () => {
    const open = { on: "office_hours", is: "open" } as const;
    const german = { on: "language", is: "one_of", values: ["de"] } satisfies Condition;
    const gold = { on: "attribute", name: "plan", is: "equal", value: "gold" } as const;
    expect(fires({ on: "all", of: [german, gold] })).toBe(true);
    expect(fires({ on: "all", of: [german, open] })).toBe(false);
    expect(fires({ on: "any", of: [open, gold] })).toBe(true);
    expect(fires({ on: "all", of: [gold, { on: "any", of: [open, german] }] })).toBe(true);
    expect(fires({ on: "any", of: [open, { on: "all", of: [german, open] }] })).toBe(false);
  });

  it("is refused where its groups are empty or three levels deep", () => {
    const open = { on: "office_hours", is: "open" };
    const deep = { on: "all", of: [{ on: "any", of: [{ on: "all", of: [open] }] }] };
    expect(Condition.safeParse(deep).success).toBe(false);
    expect(Condition.safeParse({ on: "any", of: [] }).error?.issues[0]?.message).toBe(
      "A group holds at least one condition.",
    );
  });

  it("tells in the ledger which of its facts held and which did not", () => {
    const when: Condition = {
      on: "all",
      of: [
        { on: "language", is: "one_of", values: ["de"] },
        { on: "office_hours", is: "open" },
      ],
    };
    const [line] = detect([rule(when)], { text: "refund", signals }).trace;
    expect(line?.when).toEqual({
      met: false,
      facts: [
        expect.objectContaining({ state: "met", input: "language", value: "de" }),
        expect.objectContaining({ state: "missed", threshold: "open", value: "closed" }),
      ],
    });
    expect(line?.fired).toBe(false);
  });
});

describe("a rule in words", () => {
  it("is one plain sentence", () => {
    const unhappy: EscalationRule = {
      id: "u",
      name: "Unhappy",
      trigger: "sentiment",
      threshold: -0.6,
      consecutive: 2,
      enabled: true,
      priority: 1,
      action: "escalate",
      when: {
        on: "all",
        of: [
          { on: "channel", is: "one_of", values: ["whatsapp", "sms"] },
          {
            on: "any",
            of: [
              { on: "office_hours", is: "closed" },
              { on: "language", is: "none_of", values: ["en"] },
            ],
          },
        ],
      },
      route: { teamId: "t1", skills: [{ name: "billing", level: 3 }, { name: "refunds" }] },
    };
    expect(describeRule(unhappy, { teams: new Map([["t1", "Money"]]) })).toBe(
      "When 2 messages in a row have a mood of −0.6 or lower, and it comes over WhatsApp or SMS and either the office is closed or the language is not English, call a person at once in Money who knows billing from level 3 and refunds.",
    );
    expect(describeRule({ ...unhappy, enabled: false, when: undefined, route: undefined })).toBe(
      "Off: when 2 messages in a row have a mood of −0.6 or lower, put the conversation in the queue at once.",
    );
  });
});
