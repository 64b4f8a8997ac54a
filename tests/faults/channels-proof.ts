// What a test of the channels does with a shop again and again, and what must hold at its end.
import { expect } from "vitest";
import { noAnswers, postUntilTaken } from "./channels-platforms.ts";
import { bothEnds, type Customer, type Shop, saidBy, written } from "./channels-world.ts";

/** So many texts, each another. */
export const numbers = (count: number) => Array.from({ length: count }, (_, n) => `number ${n}`);

/** Every customer writes in turn, each word when the one before was acknowledged. */
export async function allWrite(
  shop: Shop,
  base: () => string,
  all: Customer[],
  texts: string[],
  answers = noAnswers(),
): Promise<void> {
  await Promise.all(
    all.map(async (customer) => {
      for (const text of texts) await postUntilTaken(base, written(shop, customer, text), answers);
    }),
  );
}

/** The log holds what each customer said, once and in order, and nothing else of anybody. */
export async function expectAllSaid(shop: Shop, all: Customer[], texts: string[]): Promise<void> {
  const said = await saidBy(shop);
  for (const { id } of all) expect([id, said.get(id)]).toEqual([id, texts]);
  expect(said.size).toBe(all.length);
}

/** What we sent is what arrived: once, or where nobody can know, at most once and shown so. */
export async function expectNothingDoubled(shop: Shop) {
  const ends = await bothEnds(shop);
  expect(ends.strangers).toEqual([]);
  expect(ends.custom.sent.filter(({ state }) => state !== "sent")).toEqual([]);
  expect(ends.custom.taken.toSorted()).toEqual(ends.custom.sent.map(({ key }) => key).toSorted());
  for (const { state, arrived, text } of ends.whatsapp) {
    expect(["sent", "unknown"]).toContain(state);
    if (state === "sent") expect([text, arrived]).toEqual([text, 1]);
    else expect(arrived).toBeLessThanOrEqual(1);
  }
  return ends;
}
