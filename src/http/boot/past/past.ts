import type { ChannelName } from "#contracts/channel";
import { newId } from "#lib/ids";
import { pick, pickWeighted, seeded } from "#lib/seeded";
import type { Told } from "#services/conversations";
import { type Arrival, arrivalsUntil } from "./arrivals.ts";
import type { Cast } from "./cast.ts";
import { Chance } from "./chance.ts";
import type { Opening } from "./course.ts";
import { type Played, play } from "./play.ts";
import { type People, type Scenario, voiceOf } from "./scenarios.ts";

type Script = { scenarios: Scenario[]; people: People };

const channels: [ChannelName, number][] = [
  ["web", 78],
  ["whatsapp", 11],
  ["sms", 6],
  ["telegram", 5],
];

/** Makes up what happened in the days up to a moment; the same seed and moment make the same past. */
export function pastOf(
  cast: Cast,
  { scenarios, people }: Script,
  { now, days = 30, seed = 20_261 }: { now: Date; days?: number; seed?: number },
): Played[] {
  const chance = new Chance(seeded(seed));
  const known: { contact: Told["contact"]; channel: ChannelName; language: string }[] = [];
  const arrivals = arrivalsUntil(now, { days, zone: cast.schedule.timeZone }, chance.random);
  return arrivals.flatMap((arrival) => {
    const scenario = scenarioFor(arrival);
    return play(scenario, openingOf(arrival, scenario), { cast, people, chance, now }) ?? [];
  });

  function scenarioFor({ late }: Arrival): Scenario {
    return pickWeighted(chance.random, scenarios, ({ weight, wave }) => (late && wave ? weight * 4 : weight));
  }

  function openingOf({ at }: Arrival, { language, topic }: Scenario): Opening {
    const before = known.filter((each) => each.language === language);
    // Some come again, most of them with something else.
    const again = before.length > 3 && chance.of(0.1) ? pick(chance.random, before.slice(-40)) : undefined;
    const customer = again ?? newCustomer(language, at);
    if (again === undefined) known.push(customer);
    const onWeb = customer.channel === "web";
    return { at, ...customer, topic: onWeb ? topic : "General" };
  }

  function newCustomer(language: string, at: Date) {
    const { names } = voiceOf(people, language);
    const first = pick(chance.random, names).split(" ")[0] ?? "";
    const last = pick(chance.random, names).split(" ").slice(1).join(" ");
    const [channel] = pickWeighted(chance.random, channels, ([, weight]) => weight);
    const address = `${first}.${last}`
      .normalize("NFKD")
      .toLowerCase()
      .replaceAll(/[^a-z.]/g, "");
    const email = chance.of(0.6) ? { email: `${address}@example.com` } : {};
    const contact = {
      id: newId(at.getTime()),
      name: `${first} ${last}`,
      locale: language,
      language,
      ...email,
    };
    return { contact, channel, language };
  }
}
