// Generates and builds, for the container image; npm start does the same when something changed.
import { build, generate, install, main } from "./ground.mjs";

await main(async () => {
  await install();
  await generate();
  await build();
});
