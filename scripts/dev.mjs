// npm run dev: like npm start, but pages are built as they are asked for, and change as they are saved.
import { become, buildWidget, generate, install, main } from "./ground.mjs";

await main(async () => {
  await install();
  await generate();
  await buildWidget();
  return become("server.ts", [], { NODE_ENV: "development" });
});
