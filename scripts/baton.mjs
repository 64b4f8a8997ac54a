// npm run baton -- <command>: the commands themselves are in cli.ts, which needs Node 24.
import { become, generate, install, main } from "./ground.mjs";

await main(async () => {
  await install();
  await generate();
  return become("scripts/cli.ts", process.argv.slice(2), { NODE_ENV: process.env.NODE_ENV || "production" });
});
