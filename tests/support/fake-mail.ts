import { type AddressInfo, createServer, type Socket } from "node:net";

/** One letter as the server took it. */
export type TakenLetter = {
  from: string;
  to: string[];
  headers: Record<string, string>;
  text: string;
  html: string;
};

export type FakeMail = {
  url: string;
  taken: TakenLetter[];
  /** The next letters meet these answers to their recipient, such as "450 later", one each. */
  play(...answers: string[]): void;
  close(): Promise<void>;
};

/** Starts a mail server that speaks as much SMTP as a letter needs (RFC 5321). */
export async function startFakeMail(): Promise<FakeMail> {
  const taken: TakenLetter[] = [];
  const plays: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    serve(socket, { taken, plays });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    play: (...answers) => void plays.push(...answers),
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => closed());
      }),
  };
}

function serve(socket: Socket, { taken, plays }: { taken: TakenLetter[]; plays: string[] }): void {
  let heard = "";
  let letter: { from: string; to: string[] } | undefined;
  let inData = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  say("220 fake");
  socket.setEncoding("utf8");
  socket.on("data", (piece) => {
    heard += piece;
    for (;;) {
      const end = heard.indexOf(inData ? "\r\n.\r\n" : "\r\n");
      if (end === -1) return;
      const said = heard.slice(0, end);
      heard = heard.slice(end + (inData ? 5 : 2));
      if (inData) {
        inData = false;
        taken.push({
          ...(letter ?? { from: "", to: [] }),
          ...readLetter(said.replaceAll("\r\n..", "\r\n.")),
        });
        say("250 taken");
      } else answer(said);
    }
  });

  function answer(said: string): void {
    const [, address = ""] = /<([^>]*)>/.exec(said) ?? [];
    if (/^EHLO/i.test(said)) return void say("250-fake\r\n250 SMTPUTF8");
    if (/^MAIL FROM/i.test(said)) letter = { from: address, to: [] };
    if (/^RCPT TO/i.test(said)) {
      const refused = plays.shift();
      if (refused !== undefined) return void say(refused);
      letter?.to.push(address);
    }
    if (/^DATA/i.test(said)) {
      inData = true;
      return void say("354 go on");
    }
    say(/^QUIT/i.test(said) ? "221 bye" : "250 good");
  }
}

function readLetter(source: string): Pick<TakenLetter, "headers" | "text" | "html"> {
  const { headers, body } = part(source);
  const [, boundary] = /boundary="([^"]+)"/.exec(headers["content-type"] ?? "") ?? [];
  const parts =
    boundary === undefined
      ? []
      : body
          .split(`--${boundary}`)
          .slice(1, -1)
          .map((each) => part(each.replace(/^\r\n/, "")));
  const named = (type: string) => {
    const found = parts.find((each) => each.headers["content-type"]?.startsWith(type));
    return found === undefined ? "" : decoded(found).trim();
  };
  return { headers, text: named("text/plain"), html: named("text/html") };
}

function part(source: string): { headers: Record<string, string>; body: string } {
  const end = source.indexOf("\r\n\r\n");
  const unfolded = source.slice(0, end).replaceAll(/\r\n[ \t]+/g, " ");
  const lines = unfolded.split("\r\n").map((line) => line.split(/:\s*(.*)/s));
  return {
    headers: Object.fromEntries(lines.map(([name = "", value = ""]) => [name.toLowerCase(), value])),
    body: source.slice(end + 4),
  };
}

function decoded({ headers, body }: { headers: Record<string, string>; body: string }): string {
  const encoding = headers["content-transfer-encoding"];
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return body;
  const bytes = body
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
