// npm start: from a fresh clone to a running Baton. Runs on Node 20 without node_modules.
import { become, build, generate, install, main, say } from "./ground.mjs";

await main(async () => {
  say("Baton is getting ready.");
  await install();
  await generate();
  await build();
  return become("server.ts", [], { NODE_ENV: process.env.NODE_ENV || "production" });
});
