import { partsOf } from "#http/boot/parts";
import { run } from "#http/boot/run";

await run({
  root: import.meta.dirname,
  partsOf,
  async next(options) {
    const { default: createNext } = await import("next");
    return createNext(options);
  },
});
