import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo, Server } from "node:net";

const servers: Server[] = [];

/** Lets a server listen in the private network, and gives it as `name:port`. */
export async function listening(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A web server in the private network, with every request that reached it. */
export async function aServer(serve: RequestListener = (_, response) => void response.end("hello")) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    serve(request, response);
  });
  const host = await listening(server);
  return { host, url: `http://${host}/`, seen };
}

/** Sends whoever asks to another place. */
export function redirect(to: string): RequestListener {
  return (_, response) => void response.writeHead(302, { location: to }).end();
}

/** Closes all servers of a test. */
export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
}
