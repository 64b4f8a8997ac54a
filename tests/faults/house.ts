// Every part of the program but Next's pages, so that it starts in a second and can be killed often.
import { partsOf } from "#http/boot/parts";
import { run } from "#http/boot/run";

await run({
  root: process.cwd(),
  partsOf,
  next: async () => ({
    prepare: async () => undefined,
    getRequestHandler: () => async (_, to) => {
      to.writeHead(404).end();
    },
    getUpgradeHandler: () => async () => undefined,
    close: async () => undefined,
  }),
});
