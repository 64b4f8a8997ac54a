import { onSocket } from "#http/sockets";
import { front } from "./front.ts";
import { database, dataFolder, doorbell, postgres, schema } from "./ground.ts";
import type { House } from "./house.ts";
import type { Part } from "./part.ts";
import { seed } from "./seed.ts";
import { answers, jobs, streams } from "./work.ts";

/** Everything that runs in this process, in the order in which it starts. */
export function partsOf(house: House): Part[] {
  const ground = [
    dataFolder(house),
    postgres(house),
    schema(house),
    database(house),
    doorbell(house),
    seed(house),
  ];
  const doors = house.env.ROLE === "worker" ? [] : [streams(house), front(house, onSocket)];
  // A web process answers what it takes in itself, so that the first word does not wait for another process.
  const work = house.env.ROLE === "web" ? [answers()] : [answers(), jobs()];
  return [...ground, ...work, ...doors];
}
