import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { CallView } from "#contracts/calls";
import type { MessageView, StateView } from "#contracts/conversation";
import type { PracticeCall, PracticeEnd } from "#contracts/practice";
import type { CallPolicy, StrayCall } from "#contracts/telephony";
import { bundledPage } from "./inbox-bundle.ts";
import { idOf } from "./inbox-ids.ts";

export type FakePractice = Awaited<ReturnType<typeof openFakePractice>>;

const conversationId = idOf(1);
const leadId = idOf(2);
const freja = { id: "op-maya", name: "Maya Lindqvist" };
const withAgent = { state: "ACTIVE", owner: "ai" } as const;

const policy: CallPolicy = {
  dailyCalls: 100,
  quiet: { on: true, from: "21:00", to: "08:00", days: [7], timeZone: "Europe/Berlin" },
  consentRequired: true,
};
const stray: StrayCall = {
  id: idOf(50),
  connectionId: idOf(51),
  voiceConversationId: "conv_1",
  direction: "inbound",
  reason: "The caller withheld their number.",
  startedAt: new Date(Date.now() - 3_600_000).toISOString(),
  durationSeconds: 21,
  transcript: [{ author: "customer", text: "Hello? Is anybody there?", at: new Date().toISOString() }],
  receivedAt: new Date().toISOString(),
};

const variables: PracticeCall["variables"] = {
  conversation_context: "Nothing was said before.",
  customer_name: "the customer",
  organization_name: "Nordlicht Outdoor",
  lead_status: "new",
  previous_summary: "There was no conversation before.",
  organization_id: idOf(3),
  caller_type: "new",
  has_conversation_history: false,
  total_messages: 0,
};

/** A server that plays the practice phone's routes from memory, and the rules for calls, and shows their pages. */
export async function openFakePractice() {
  const { script, style } = await bundledPage("practice-page");
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Practice phone</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>${style}</style><body><script type="module" src="/page.js"></script></body></html>`;
  const streams = new Set<ServerResponse>();
  const asked: { path: string; body: unknown }[] = [];
  const faults = {
    refuseCall: undefined as { reason: string; message: string } | undefined,
    /** So many times the end of a call does not arrive. */
    endsLost: 0,
  };
  let number: string | undefined;
  /** What happens as soon as somebody listens. */
  let waiting: (() => void)[] = [];
  let head = 0;
  let state: StateView = { ...withAgent, epoch: 1, since: new Date().toISOString(), offered: false };
  let call: CallView | undefined;

  const server = createServer(async (request, response) => {
    const { pathname: path } = new URL(request.url ?? "/", "http://fake");
    if (path === "/page.js")
      return void response.writeHead(200, { "content-type": "text/javascript" }).end(script);
    if (!path.startsWith("/api/"))
      return void response.writeHead(200, { "content-type": "text/html" }).end(page);
    if (path.startsWith("/api/stream/")) return openStream(request, response);
    const body = await bodyOf(request);
    if (request.method !== "GET") asked.push({ path, body });
    const [status, answer] = reply(`${request.method} ${path}`, body as Record<string, string>);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });

  function openStream(request: IncomingMessage, response: ServerResponse) {
    response.writeHead(200, { "content-type": "text/event-stream" });
    streams.add(response);
    request.on("close", () => streams.delete(response));
    const none = { messages: [], more: false, calls: [] };
    write(response, "conversation_history", { ...of(), head, ...none, state });
    for (const happen of waiting) happen();
    waiting = [];
  }

  function onceHeard(happen: () => void) {
    if (streams.size > 0) happen();
    else waiting.push(happen);
  }

  function of() {
    return { leadId, phoneNumber: number, conversationId };
  }

  function tell(event: string, data: Record<string, unknown>) {
    head += 1;
    for (const stream of streams) write(stream, event, { ...of(), seq: head, ...data });
  }

  function say(event: string, author: MessageView["author"], text: string) {
    const message: MessageView = {
      id: idOf(100 + head),
      conversationId,
      seq: head + 1,
      author,
      text,
      audience: "all",
      createdAt: new Date().toISOString(),
    };
    tell(event, { message });
    if (author.kind === "customer") return message;
    tell("delivery", { messageId: message.id, delivery: { state: "delivered", at: message.createdAt } });
    return message;
  }

  function move(part: Partial<CallView>, event: string) {
    const before = call ?? newCall();
    call = { ...before, ...part };
    tell(event, { call, ...(event === "call" ? { change: "progress" } : {}) });
    return call;
  }

  function newCall(): CallView {
    const startedAt = new Date().toISOString();
    const id = idOf(300 + head);
    return {
      id,
      conversationId,
      leadId,
      seq: head + 1,
      direction: "inbound",
      status: "in_progress",
      startedAt,
    };
  }

  function practiceCall(direction: PracticeCall["direction"], greeting: string): PracticeCall {
    const callSid = `CA${"a".repeat(32)}`;
    const voiceConversationId = `conv_${"b".repeat(32)}`;
    return { callSid, voiceConversationId, direction, from: number ?? "", variables, greeting };
  }

  function control(to: Pick<StateView, "state" | "owner" | "operator">, event: string) {
    state = { ...to, epoch: state.epoch + 1, since: new Date().toISOString(), offered: false };
    tell(event, { state });
    return { ...of(), active: to.owner === "operator", state, waiting: 0 };
  }

  function reply(route: string, body: Record<string, string>): [number, unknown] {
    const at = "/api/demo/telephony";
    const asAgent = { kind: "agent", name: "Nori" } as const;
    switch (route) {
      case `POST ${at}/line`:
        return [200, { connectionId: idOf(4), number: "+12065550100", agent: { id: idOf(5), name: "Nori" } }];
      case "GET /api/agent/leads":
        return [200, { leads: number === undefined ? [] : [lead(number)] }];
      case `POST ${at}/sms`:
        number = body.from;
        onceHeard(() => {
          say("sms_received", { kind: "customer" }, body.text ?? "");
          if (state.owner === "ai") say("message", asAgent, "You have 60 days to return anything.");
        });
        return [204, undefined];
      case `POST ${at}/calls`:
        number = body.from;
        call = undefined;
        onceHeard(() => move({}, "call_initiated"));
        return [200, practiceCall("inbound", "Hello, this is Nori. How can I help?")];
      case `POST ${at}/words`:
        return [200, { text: "You have 60 days." }];
      case `GET ${at}/ringing`:
        return [200, practiceCall("outbound", "Hello, this is Nori. Your tent is repaired.")];
      case `POST ${at}/calls/answer`:
        move({ status: "in_progress" }, "call");
        return [204, undefined];
      case `POST ${at}/calls/end`: {
        if (faults.endsLost > 0) {
          faults.endsLost -= 1;
          return [503, failure({ reason: "away", message: "Baton starts anew." })];
        }
        const { how, seconds } = body as unknown as PracticeEnd;
        const summary = "The customer asked how long a tent can be returned.";
        const done = {
          status: how,
          durationSeconds: Math.round(seconds),
          outcome: "success",
          summary,
        } as const;
        move(how === "completed" ? done : { status: how }, "call_ended");
        return [204, undefined];
      }
      case "POST /api/conversations/outbound-call":
        if (faults.refuseCall) return [409, failure(faults.refuseCall)];
        call = undefined;
        return [
          201,
          { call: move({ direction: "outbound", status: "ringing", seq: head + 1 }, "call_initiated") },
        ];
      case `PATCH /api/agent/leads/${leadId}`:
        faults.refuseCall = undefined;
        return [200, lead(number ?? "")];
      case "POST /api/conversations/human-control/join":
        return [
          200,
          control({ state: "WITH_HUMAN", owner: "operator", operator: freja }, "human_control_started"),
        ];
      case "POST /api/conversations/human-control/leave":
        return [200, control(withAgent, "human_control_ended")];
      case "POST /api/conversations/human-control/send-message": {
        const message = say("human_message_sent", { kind: "operator", ...freja }, body.message ?? "");
        return [200, { message, control: { ...of(), active: true, state, waiting: 0 } }];
      }
      case "GET /api/admin/call-policy":
        return [200, policy];
      case "PUT /api/admin/call-policy":
        return [200, body];
      case "GET /api/admin/stray-calls":
        return [200, { calls: [stray] }];
      default:
        return [404, failure({ reason: "", message: "There is nothing here." })];
    }
  }

  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    faults,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function lead(phoneNumber: string) {
  const contact = { id: idOf(6), name: "+1 (206) 555-0101" };
  return {
    id: leadId,
    phoneNumber,
    status: "new",
    contact,
    conversationId,
    createdAt: new Date().toISOString(),
  };
}

function failure({ reason, message }: { reason: string; message: string }) {
  return { error: { code: "conflict", message, requestId: "r1", details: { reason } } };
}

function write(stream: ServerResponse, event: string, data: object) {
  stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const piece of request) text += piece;
  return text === "" ? {} : JSON.parse(text);
}
