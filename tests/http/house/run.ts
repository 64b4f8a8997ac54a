// A process with nothing but a front door, whose pages are one line of text.
import { front } from "#http/boot/front";
import { run } from "#http/boot/run";

await run({
  root: import.meta.dirname,
  partsOf: (house) => [front(house, ({ sink }) => void sink.write(Buffer.from(": welcome\n\n")))],
  next: async () => ({
    prepare: async () => undefined,
    getRequestHandler: () => async (message, to) => {
      to.end(`page ${message.url} for ${message.headers["x-baton-client-address"]}`);
    },
    getUpgradeHandler: () => async () => undefined,
    close: async () => undefined,
  }),
});
