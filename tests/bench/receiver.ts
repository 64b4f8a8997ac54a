// A platform and a company's own system in one: takes everything it is sent, counts it, and tells when it came.
import { createServer } from "node:http";

let told = { count: 0, first: 0, last: 0 };

createServer((request, response) => {
  if (request.method === "GET") {
    const body = JSON.stringify(told);
    if (request.url === "/anew") told = { count: 0, first: 0, last: 0 };
    return void response.writeHead(200, { "content-length": Buffer.byteLength(body) }).end(body);
  }
  request.resume();
  request.once("end", () => {
    const now = performance.now();
    told = { count: told.count + 1, first: told.first || now, last: now };
    const body = JSON.stringify({ messages: [{ id: `wamid.${told.count}` }] });
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
  });
}).listen(Number(process.env.PORT), "127.0.0.1");
