import { front } from "./front.ts";
import { database, dataFolder, doorbell, postgres, schema } from "./ground.ts";
import type { House } from "./house.ts";
import type { Part } from "./part.ts";

/** Everything that runs in this process, in the order in which it starts. */
export function partsOf(house: House): Part[] {
  const ground = [dataFolder(house), postgres(house), schema(house), database(house), doorbell(house)];
  const doors = house.env.ROLE === "worker" ? [] : [front(house)];
  return [...ground, ...doors];
}
