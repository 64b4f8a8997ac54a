import { describe, expect, it } from "vitest";
import type { Move, State } from "#contracts/conversation";
import { calendarFrom, type Entry, factsOf } from "#services/analytics";

const anna = "0198a000-0000-7000-8000-000000000001";
const always = calendarFrom(undefined);
const noon = Date.UTC(2026, 2, 2, 12);
const day = 24 * 60 * 60;

const authors = {
  asks: "customer",
  thanks: "customer",
  agent: "agent",
  anna: "operator",
  "asks by phone": "customer",
  "agent by phone": "agent",
} as const;

/** A log that is told line by line: seconds after noon, and what happened then. */
function told(...lines: [number, keyof typeof authors | [Move, State]][]): Entry[] {
  return lines.map(([seconds, what], n) => {
    const place = { seq: n + 1, at: new Date(noon + seconds * 1_000) };
    if (typeof what === "object") {
      const [move, state] = what;
      const held = state === "WITH_HUMAN" ? anna : undefined;
      const by = move === "escalate" || move === "abandon" ? undefined : anna;
      return { kind: "moved", ...place, move, state, operatorId: held, by, reason: undefined };
    }
    const author = authors[what];
    return {
      kind: "said",
      ...place,
      author,
      operatorId: author === "operator" ? anna : undefined,
      thanks: what === "thanks",
      spoken: what.endsWith("by phone"),
    };
  });
}

function facts(entries: Entry[], { after = 60, ratings = [] as { score: number; after: number }[] } = {}) {
  const given = ratings.map(({ score, after: seconds }) => {
    const at = new Date(noon + seconds * 1_000);
    return { score, askedAt: at, at };
  });
  const log = { entries, ratings: given, ruleAt: () => undefined };
  const found = factsOf(log, always, new Date(noon + after * 1_000));
  if (found === undefined) throw new Error("no facts");
  return found;
}

describe("responses", () => {
  it("count from the first unanswered words, however many follow", () => {
    const { responses, first } = facts(
      told([0, "asks"], [10, "asks"], [25, "agent"], [40, "asks"], [43, "agent"]),
    );
    expect(responses.map(({ first: isFirst, seconds }) => [isFirst, seconds])).toEqual([
      [true, 25],
      [false, 3],
    ]);
    expect(first?.seconds).toBe(25);
  });

  it("count a person's first from the moment a person was asked for", () => {
    const entries = told(
      [0, "asks"],
      [5, "agent"],
      [20, "asks"],
      [30, ["escalate", "WAITING_HUMAN"]],
      [60, "asks"],
      [90, ["accept", "WITH_HUMAN"]],
      [130, "anna"],
      [140, "asks"],
      [190, "anna"],
    );
    const people = facts(entries).responses.filter(({ author }) => author === "operator");
    expect(people.map(({ first, seconds, operatorId }) => [first, seconds, operatorId])).toEqual([
      [true, 100, anna],
      [false, 50, anna],
    ]);
  });

  it("have the first of all run from the customer's first words, whoever was asked for meanwhile", () => {
    const { first, responses } = facts(
      told(
        [0, "asks"],
        [1_200, ["escalate", "WAITING_HUMAN"]],
        [1_260, ["accept", "WITH_HUMAN"]],
        [1_320, "anna"],
      ),
    );
    expect(first).toMatchObject({ author: "operator", seconds: 1_320 });
    expect(responses).toMatchObject([{ author: "operator", first: true, seconds: 120 }]);
  });

  it("are not given on the phone, and nothing said there ends a wait in writing", () => {
    const { responses, first, answers } = facts(
      told(
        [0, "asks"],
        [10, ["escalate", "WAITING_HUMAN"]],
        [20, "asks by phone"],
        [22, "agent by phone"],
        [60, ["accept", "WITH_HUMAN"]],
        [100, "anna"],
      ),
    );
    expect(responses).toMatchObject([{ author: "operator", seconds: 90 }]);
    expect([first?.seconds, answers]).toEqual([100, 1]);
  });

  it("do not count the time for which nobody was asked any more, nor that while it was closed", () => {
    const asked = told(
      [0, "asks"],
      [10, ["escalate", "WAITING_HUMAN"]],
      [70, ["handBack", "ACTIVE"]],
      [75, "agent"],
      [day, "asks"],
      [day + 10, ["escalate", "WAITING_HUMAN"]],
      [day + 50, "anna"],
    );
    const ofPeople = (entries: Entry[]) =>
      facts(entries)
        .responses.filter(({ author }) => author === "operator")
        .map(({ seconds }) => seconds);
    expect(ofPeople(asked)).toEqual([40]);
    const left = told([0, "asks"], [60, ["abandon", "ABANDONED"]]);
    const back = told([0, "asks"], [60, ["abandon", "ABANDONED"]], [day, "asks"], [day + 30, "anna"]);
    expect([ofPeople(left), ofPeople(back)]).toEqual([[], [30]]);
  });

  it("are none where nobody waited", () => {
    expect(
      facts(told([0, "asks"], [5, "agent"], [9, "agent"], [20, "thanks"], [22, "agent"])).responses,
    ).toHaveLength(1);
  });

  it("count office hours alone on the office clock", () => {
    const nine = { from: "09:00", to: "12:30" };
    const week = {
      monday: [nine],
      tuesday: [nine],
      wednesday: [],
      thursday: [],
      friday: [],
      saturday: [],
      sunday: [],
    };
    const office = calendarFrom({ timeZone: "UTC", week, holidays: [] });
    const log = { entries: told([0, "asks"], [day, "agent"]), ratings: [], ruleAt: () => undefined };
    const [response] = factsOf(log, office, new Date(noon + 2 * day * 1_000))?.responses ?? [];
    // Half an hour is left of Monday, three hours of Tuesday have passed.
    expect(response).toMatchObject({ seconds: day, openSeconds: 3.5 * 60 * 60, inHours: true });
  });
});

describe("waits", () => {
  it("end with who accepts, and begin again with each return to the queue", () => {
    const { waits, escalations, person, operatorId } = facts(
      told(
        [0, "asks"],
        [10, ["escalate", "WAITING_HUMAN"]],
        [50, ["accept", "WITH_HUMAN"]],
        [80, ["release", "WAITING_HUMAN"]],
        [95, ["handBack", "ACTIVE"]],
      ),
    );
    expect(
      waits.map(({ move, outcome, span, operatorId: who }) => [move, outcome, span?.seconds, who]),
    ).toEqual([
      ["escalate", "accepted", 40, anna],
      ["release", "handed_back", 15, undefined],
    ]);
    expect([escalations, person, operatorId]).toEqual([1, true, anna]);
  });

  it("that go on have neither an end nor a length", () => {
    const [wait] = facts(told([0, "asks"], [10, ["escalate", "WAITING_HUMAN"]])).waits;
    expect([wait?.outcome, wait?.span]).toEqual([undefined, undefined]);
  });
});

describe("resolutions", () => {
  const asked = told([0, "asks"], [5, "agent"]);

  it("are assumed after a day of quiet, and not a second before", () => {
    expect(facts(asked, { after: 5 + day - 1 })).toMatchObject({ resolutions: [], solved: undefined });
    const { resolutions, solved } = facts(asked, { after: 5 + day });
    expect(resolutions).toMatchObject([{ how: "quiet", author: "agent", seconds: 5, seq: 2 }]);
    expect(solved).toBe("assumed");
  });

  it("say when time alone will tell more", () => {
    expect(facts(asked).settlesAt).toEqual(new Date(noon + (5 + day) * 1_000));
    expect(facts(asked, { after: 5 + day }).settlesAt).toEqual(new Date(noon + (5 + 7 * day) * 1_000));
    expect(facts(asked, { after: 5 + 8 * day }).settlesAt).toBeUndefined();
  });

  it("are confirmed by thanks, and “you're welcome” is not what solved it", () => {
    const entries = told([0, "asks"], [5, "agent"], [30, "thanks"], [32, "agent"]);
    expect(facts(entries, { after: 2 * day }).resolutions).toMatchObject([{ how: "customer", seconds: 5 }]);
  });

  it("are confirmed by a good rating and not by a bad one", () => {
    const how = (score: number) =>
      facts(asked, { after: 2 * day, ratings: [{ score, after: 1.5 * day }] }).resolutions[0]?.how;
    expect([how(3), how(4)]).toEqual(["quiet", "rating"]);
  });

  it("are a person's where a person closed it, from the customer's first words on", () => {
    const { resolutions, solved } = facts(
      told([0, "asks"], [5, ["takeOver", "WITH_HUMAN"]], [40, "anna"], [100, ["resolve", "RESOLVED"]]),
    );
    expect(resolutions).toMatchObject([
      { how: "person", author: "operator", operatorId: anna, seconds: 100 },
    ]);
    expect(solved).toBe("confirmed");
  });

  it("are none where the customer was left without an answer", () => {
    const entries = told([0, "asks"], [5, "agent"], [9, "asks"], [2 * day, ["abandon", "ABANDONED"]]);
    expect(facts(entries, { after: 3 * day })).toMatchObject({ resolutions: [], solved: undefined });
  });

  it("are none where the customer was lost in the queue, whatever the assistant said before", () => {
    const lost = told(
      [0, "asks"],
      [5, "agent"],
      [9, ["escalate", "WAITING_HUMAN"]],
      [10, "agent"],
      [2 * day, ["abandon", "ABANDONED"]],
    );
    expect(facts(lost, { after: 3 * day })).toMatchObject({ resolutions: [], solved: undefined });
  });

  it("are assumed of nobody who asked for a person and heard nothing since", () => {
    const back = told(
      [0, "asks"],
      [5, "agent"],
      [9, ["escalate", "WAITING_HUMAN"]],
      [60, ["handBack", "ACTIVE"]],
    );
    expect(facts(back, { after: 2 * day })).toMatchObject({ resolutions: [], solved: undefined });
    const answered = [...back, ...told([90, "agent"])];
    expect(facts(answered, { after: 2 * day }).solved).toBe("assumed");
  });

  it("are assumed at once where the chat was closed for being idle after an answer", () => {
    const idle = told([0, "asks"], [5, "agent"], [3_600, ["abandon", "ABANDONED"]]);
    expect(facts(idle, { after: 3_601 }).resolutions).toMatchObject([{ how: "quiet", seconds: 5 }]);
  });

  it("do not stand once the customer has come back, and can be made again", () => {
    const back = told([0, "asks"], [5, "agent"], [2 * day, "asks"], [2 * day + 4, "agent"]);
    const soon = facts(back, { after: 2 * day + 60 });
    expect(soon.resolutions).toMatchObject([{ how: "quiet", reopenedAt: new Date(noon + 2 * day * 1_000) }]);
    expect(soon.solved).toBeUndefined();
    const later = facts(back, { after: 4 * day });
    expect(later.resolutions.map(({ seconds }) => seconds)).toEqual([5, 4]);
    expect(later.solved).toBe("assumed");
  });

  it("that were assumed become a person's who closes the conversation", () => {
    const entries = told([0, "asks"], [5, "agent"], [2 * day, ["resolve", "RESOLVED"]]);
    expect(facts(entries, { after: 3 * day }).resolutions.map(({ how }) => how)).toEqual(["person"]);
  });
});

it("begins with the customer's first words, also where they were said on the phone and told later", () => {
  const { at } = facts(told([300, "asks"], [120, "asks by phone"], [124, "agent by phone"]));
  expect(at).toEqual(new Date(noon + 120_000));
});

it("is in no report before the customer has written", () => {
  const log = { entries: told([0, "agent"]), ratings: [], ruleAt: () => undefined };
  expect(factsOf(log, always, new Date(noon))).toBeUndefined();
});
