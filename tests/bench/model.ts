// A model server as a process of its own, on the port it is given.
import { startModelServer } from "#support/model-server";

await startModelServer(
  { firstMs: 30, betweenMs: 5, chunks: ["You can ", "return items ", "within ", "30 days ", "of delivery."] },
  Number(process.env.PORT),
);
