import { setTimeout as pause } from "node:timers/promises";
import { anyone, route } from "#http/route";

export const GET = route({ who: anyone }, async () => {
  await pause(700);
  return { done: true };
});
