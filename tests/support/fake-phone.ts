import { type CallView, callsAPage } from "#contracts/calls";
import type { MessageView } from "#contracts/conversation";
import type { LiveEvent } from "#contracts/events";
import type { LeadMark, LeadView } from "#contracts/telephony";
import { type FakeConversation, operators } from "./inbox-data.ts";
import { idOf } from "./inbox-ids.ts";

type Refusal = { reason: string; message: string };
type Parts = { known: Map<string, FakeConversation>; tell: (event: LiveEvent) => void };

const minute = 60_000;
const number = "+12065550147";
const leadId = idOf(6_001);

/** Plays the phone of the made-up company: a conversation with texts and calls, calls that move, and the lead's routes. */
export function fakePhone({ known, tell }: Parts) {
  const faults = { refuseCall: undefined as Refusal | undefined };
  let calls = 0;

  function find(id: string): FakeConversation {
    const found = known.get(id);
    if (!found?.channel) throw new Error(`There is no conversation on a platform ${id}.`);
    return found;
  }

  /** Makes a conversation one on the phone, with a call that was spoken and one that was missed. */
  function install(id: string, lead: Partial<LeadMark> = {}, now = Date.now()) {
    const found = find(id);
    const mark: LeadMark = { id: leadId, phoneNumber: number, status: "qualified", ...lead };
    const at = (minutes: number, seconds = 0) =>
      new Date(now - minutes * minute + seconds * 1_000).toISOString();
    const first = found.row.head + 1;
    const spoken: CallView = {
      id: idOf(6_100),
      conversationId: id,
      leadId,
      seq: first,
      direction: "inbound",
      status: "completed",
      startedAt: at(16),
      answeredAt: at(16),
      endedAt: at(16, 74),
      durationSeconds: 74,
      cost: 592,
      outcome: "success",
      recordingUrl: "http://127.0.0.1:9/recording.mp3",
      summary: "Asked where the repaired tent is. It is ready and goes out on Friday.",
    };
    const missed: CallView = {
      id: idOf(6_101),
      conversationId: id,
      leadId,
      seq: first + 6,
      direction: "outbound",
      status: "no_answer",
      startedAt: at(4),
      endedAt: at(4, 30),
      context: "Tell her the parcel number of the tent.",
      requestedBy: { id: "op-maya", name: "Maya Lindqvist" },
      failureReason: "Nobody answered.",
    };
    const words: [author: "customer" | "agent", seconds: number, text: string][] = [
      ["agent", 0, "Hello, this is Nori, the AI assistant of Northwind Outdoor. How can I help?"],
      ["customer", 6, "I sent my tent in for repair two weeks ago. Where is it?"],
      ["agent", 15, "It is repaired, and leaves our workshop on Friday. Shall I text you the parcel number?"],
      ["customer", 31, "Yes, please do."],
      ["agent", 36, "I will. Is there anything else?"],
    ];
    const turns = words.map(
      ([author, seconds, text], index): MessageView => ({
        id: idOf(6_200 + index),
        conversationId: id,
        seq: first + 1 + index,
        author: author === "agent" ? { kind: "agent", name: "Nori" } : { kind: "customer" },
        text,
        audience: "all",
        data: { kind: "spoken", callId: spoken.id },
        createdAt: at(16, seconds),
      }),
    );
    found.messages = [...found.messages, ...turns];
    found.calls = [missed, spoken];
    if (found.channel)
      found.channel = { ...found.channel, label: "SMS", lead: mark, optedOutAt: mark.optedOutAt };
    found.row = { ...found.row, channel: "sms", head: first + 6 };
    return found;
  }

  /** Makes so many calls that nobody answered, the newest last. */
  function miss(id: string, count: number) {
    for (let n = 1; n <= count; n += 1) {
      const startedAt = new Date(Date.now() - (count - n) * minute).toISOString();
      move(id, { status: "no_answer", startedAt, summary: `Missed no. ${n}` }, "ended");
    }
  }

  /** Tells of a call: a new one, or one that moved. */
  function move(id: string, part: Partial<CallView>, change: Extract<LiveEvent, { type: "call" }>["change"]) {
    const found = find(id);
    const seq = found.row.head + 1;
    const before = found.calls?.find((call) => call.id === part.id);
    const call: CallView = {
      id: idOf(6_300 + calls),
      conversationId: id,
      leadId,
      seq,
      direction: "inbound",
      status: "ringing",
      startedAt: new Date().toISOString(),
      ...before,
      ...part,
    };
    calls += 1;
    found.calls = [call, ...(found.calls ?? []).filter((each) => each.id !== call.id)];
    const { direction, status, startedAt } = call;
    const live = ["queued", "ringing", "in_progress"].includes(status);
    found.row = {
      ...found.row,
      head: seq,
      liveCall: live ? { id: call.id, direction, status, startedAt } : undefined,
    };
    tell({ type: "call", conversationId: id, seq, call, change });
    tell({ type: "row", conversationId: id, row: found.row });
    return call;
  }

  /** Plays the routes of calls and leads; undefined for any other. */
  function reply(
    method: string,
    path: string,
    query: URLSearchParams,
    body: Record<string, unknown>,
  ): [number, unknown] | undefined {
    const [, ofCalls = ""] = /^\/api\/agent\/conversations\/([^/]+)\/calls$/.exec(path) ?? [];
    const all = known.get(ofCalls)?.calls;
    if (all) {
      const before = Number(query.get("before"));
      return [200, { calls: all.filter(({ seq }) => seq < before).slice(0, callsAPage) }];
    }
    if (method === "POST" && path === "/api/conversations/outbound-call") {
      if (faults.refuseCall) {
        const { reason, message } = faults.refuseCall;
        return [409, { error: { code: "conflict", message, requestId: "r1", details: { reason } } }];
      }
      const requestedBy = { id: "op-maya", name: operators[0]?.name ?? "" };
      const part = {
        direction: "outbound",
        status: "ringing",
        context: String(body.context),
        requestedBy,
      } as const;
      return [201, { call: move(String(body.conversationId), part, "initiated") }];
    }
    if (method !== "PATCH" || !path.startsWith("/api/agent/leads/")) return undefined;
    for (const found of known.values()) {
      const lead = found.channel?.lead;
      if (!found.channel || !lead) continue;
      const callConsentAt = body.callConsent === true ? new Date().toISOString() : undefined;
      const changed: LeadMark = {
        ...lead,
        ...(body.callConsent === undefined ? {} : { callConsentAt }),
        ...(body.status === undefined ? {} : { status: body.status as LeadMark["status"] }),
      };
      found.channel = { ...found.channel, lead: changed };
      const view: LeadView = { ...changed, contact: found.row.customer, createdAt: found.row.createdAt };
      return [200, view];
    }
    return [404, { error: { code: "not_found", message: "There is no such lead.", requestId: "r1" } }];
  }

  return { faults, install, miss, move, reply };
}
