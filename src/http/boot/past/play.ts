import { isOpen, nextOpen } from "#contracts/open-time";
import { pick, pickWeighted } from "#lib/seeded";
import type { ToldRating } from "#services/chat";
import type { Told } from "#services/conversations";
import type { ToldSuggestion } from "#services/copilot";
import { type Cast, membersOf } from "./cast.ts";
import type { Chance } from "./chance.ts";
import { Course, type Opening } from "./course.ts";
import { rateCourse } from "./rate.ts";
import { type People, type Scenario, type Turn, voiceOf } from "./scenarios.ts";
import { suggest } from "./suggest.ts";
import { Turns } from "./turns.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How often people do what they may do. */
const often = {
  acceptOffer: 0.85,
  thank: 0.42,
  takeOver: 0.22,
  leaveQueue: { open: 0.05, closed: 0.12 },
  handBack: 0.07,
  tag: 0.9,
  comeBack: 0.04,
  askAgain: 0.3,
};
/** How long things take at the median, and how much it differs. */
const lasts = {
  answer: [4 * second, 0.35],
  thinking: [50 * second, 0.6],
  pressing: [25 * second, 0.6],
  thanking: [3 * second, 0.3],
  queue: [4.2 * minute, 0.85],
  morning: [13 * minute, 0.85],
  customer: [55 * second, 0.7],
  operator: [75 * second, 0.7],
  closing: [5 * minute, 0.6],
} as const;

/** A conversation that was played, with what belongs to it beside its log. */
export type Played = { told: Told; ratings: ToldRating[]; suggestions: ToldSuggestion[] };

type Stage = { cast: Cast; people: People; chance: Chance; now: Date };

/** Plays a scenario once; undefined where people would still be busy with it now. */
export function play(
  scenario: Scenario,
  opening: Opening,
  { cast, people, chance, now }: Stage,
): Played | undefined {
  const course = new Course(cast, opening);
  const turns = new Turns(course);
  const voice = voiceOf(people, scenario.language);
  const suggestions: ToldSuggestion[] = [];
  const slots = slotsOf(opening, chance);
  let at = opening.at;

  const thanked = askAll();
  if (course.state === "ACTIVE" && !thanked && takesOver()) withPerson(course.cast.operators);
  else if (course.state === "WAITING_HUMAN") waits();
  if (course.state === "ACTIVE") endsQuietly();
  const ratings = rateCourse(course, voice, chance, now);
  if (isUnfinished()) return undefined;
  return { told: past(course.told, now), ratings, suggestions };

  /** Answers whether the customer left with thanks. */
  function askAll(): boolean {
    for (const turn of scenario.turns) {
      if (!chance.of(turn.maybe)) continue;
      const outcome = ask(turn);
      if (outcome === "escalate") return false;
      if (outcome === "offer" && chance.of(often.acceptOffer)) {
        passes("pressing");
        turns.press(at);
        return false;
      }
      if (outcome === "offer" && turn.answer === "") return false;
      passes("thinking");
    }
    const thanks = chance.of(often.thank);
    if (thanks) thank();
    return thanks;
  }

  function ask({ says, answer, article, confidence, helps, fails }: Turn) {
    const asked = { at, text: fill(pick(chance.random, says), slots) };
    passes("answer");
    const sure =
      confidence === undefined ? undefined : Math.min(0.98, confidence + chance.between(-0.07, 0.07));
    return turns.take(asked, { at, text: answer, article, confidence: sure, helps, fails });
  }

  function thank(): void {
    const asked = at;
    passes("thanking");
    turns.thanks(asked, pick(chance.random, voice.thanks), { at, text: voice.welcome });
  }

  function takesOver(): boolean {
    const idle = scenario.person.length > 0 && isOpen(cast.schedule, at);
    return idle && chance.of(often.takeOver);
  }

  function waits(): void {
    const began = at;
    const open = isOpen(cast.schedule, at);
    const opens = open ? at : (nextOpen(cast.schedule, at) ?? at);
    pass(opens.getTime() - at.getTime());
    passes(open ? "queue" : "morning");
    if (chance.of(open ? often.leaveQueue.open : often.leaveQueue.closed)) {
      at = new Date(began.getTime() + chance.between(35, 90) * minute);
      course.isAbandoned(at);
      return;
    }
    withPerson(scenario.team === undefined ? cast.operators : membersOf(cast.operators, scenario.team));
  }

  function withPerson(operators: Cast["operators"]): void {
    const operator = pickWeighted(chance.random, operators, ({ role }) => (role === "owner" ? 0.12 : 1));
    const teamId = scenario.team === undefined ? undefined : cast.teams.get(scenario.team);
    course.isTakenBy(at, operator, { teamId });
    const me = operator.name.split(" ")[0] ?? operator.name;
    for (const [who, line] of scenario.person) {
      passes(who === "customer" ? "customer" : "operator");
      const text = fill(line, { ...slots, me });
      if (who === "customer") course.customerSays(at, text);
      else if (who === "note") course.operatorSays(at, text, "operators");
      else reply(text);
    }
    passes("closing");
    if (scenario.turns.length > 1 && chance.of(often.handBack)) {
      course.isHandedBack(at, "Settled with the customer; the assistant may go on with anything else.");
      return;
    }
    course.isResolved(
      at,
      scenario.tags.filter(() => chance.of(often.tag)),
    );
    if (chance.of(often.comeBack) && scenario.again === undefined) comesBack();
  }

  function reply(text: string): void {
    const { customerSeq: forSeq, operator, topic } = course;
    const messageId = course.operatorSays(at, text);
    const article = scenario.turns.find((turn) => turn.article !== undefined)?.article;
    const source = article === undefined ? undefined : course.source(article);
    const place = { conversationId: course.id, operatorId: operator?.id ?? "", topic, forSeq };
    suggestions.push(...suggest({ ...place, at, messageId, text, source }, chance));
  }

  function endsQuietly(): void {
    if (scenario.again !== undefined && chance.of(often.askAgain)) {
      pass(chance.between(3, 20) * hour);
      ask(scenario.again);
    }
    if (course.state !== "ACTIVE") {
      waits();
      return;
    }
    pass(24.5 * hour);
    course.isAbandoned(at);
  }

  // Somebody who was helped writes again a day or two later, and a person looks once more.
  function comesBack(): void {
    pass(chance.between(18, 52) * hour);
    const answer = {
      at: new Date(at.getTime() + 4 * second),
      text: "",
      helps: "A person has solved this before.",
    };
    const outcome = turns.take({ at, text: voice.again }, answer);
    pass(4 * second);
    if (outcome === "escalate") waits();
  }

  function passes(what: keyof typeof lasts): void {
    const [usual, spread] = lasts[what];
    pass(chance.around(usual, spread));
  }

  function pass(milliseconds: number): void {
    at = new Date(at.getTime() + Math.round(milliseconds));
  }

  function isUnfinished(): boolean {
    const begun = course.steps.find(
      ({ change }) => change?.state === "WAITING_HUMAN" || change?.state === "WITH_HUMAN",
    );
    return begun !== undefined && at > now;
  }
}

/** What has happened by now. */
function past(told: Told, now: Date): Told {
  return { ...told, steps: told.steps.filter((step) => step.now <= now) };
}

type Slots = Record<string, string>;

const items = ["Skog 2 tent", "Fjell shell jacket", "Bris down jacket", "Vandra 55 pack", "Sti hiking boots"];

function slotsOf({ contact }: Opening, chance: Chance): Slots {
  const name = contact.name?.split(" ")[0] ?? "";
  const order = String(41_000 + Math.floor(chance.random() * 9_000));
  return { name, order, item: pick(chance.random, items) };
}

function fill(text: string, slots: Slots): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, slot: string) => slots[slot] ?? whole);
}
