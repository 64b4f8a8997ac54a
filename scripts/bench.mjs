// npm run bench: measures Baton beside bare Node and plain Next, and writes docs/benchmarks.md. --quick is a short look.
import { become, build, generate, install, main } from "./ground.mjs";

await main(async () => {
  await install();
  await generate();
  await build();
  return become("tests/bench/main.ts", process.argv.slice(2), { NODE_ENV: "production" });
});
