import { CallPath } from "#contracts/calls";
import { PageQuery } from "#contracts/connections";
import {
  CallPolicy,
  InitiationAnswer,
  OutboundCallAnswer,
  OutboundCallBody,
  StrayCallPage,
} from "#contracts/telephony";
import type { Operation } from "./operation.ts";

const tag = "Telephony";
const staff = { tag, who: "staff" } as const;
const policy = { ...staff, path: "/api/admin/call-policy" };
const platform = { tag, who: "anyone", method: "post", body: "bytes" } as const;

/** Calls: made, told of by their platforms, heard again. */
export const callOperations: Operation[] = [
  {
    ...staff,
    needs: "conversations:write",
    method: "post",
    path: "/api/conversations/outbound-call",
    summary: "Have the assistant call a customer",
    description:
      "A call that must not be made answers 409 with `details.reason`: `human_control` (with `details.holder`), `quiet_hours`, `consent`, `opted_out`, `cap`, `live_call` or `no_voice`. The same `clientId` is one call.",
    body: OutboundCallBody,
    answer: OutboundCallAnswer,
    status: 201,
    errors: ["not_found", "conflict"],
  },
  {
    ...staff,
    needs: "conversations:read",
    method: "get",
    path: "/api/agent/calls/[callId]/recording",
    summary: "Hear a call again",
    description: "Answers the part that `Range` asks for, where it asks for one.",
    params: CallPath,
    answer: "bytes",
    errors: ["unavailable"],
  },
  {
    ...policy,
    needs: "desk:read",
    method: "get",
    summary: "When, and how much, the assistant may call",
    answer: CallPolicy,
  },
  {
    ...policy,
    needs: "desk:write",
    method: "put",
    summary: "Lay down when, and how much, the assistant may call",
    body: CallPolicy,
    answer: CallPolicy,
  },
  {
    ...staff,
    needs: "connections:read",
    method: "get",
    path: "/api/admin/stray-calls",
    summary: "List calls that belong to no customer",
    description: "Whoever withholds their number is nobody's lead; what they said is kept here.",
    query: PageQuery,
    answer: StrayCallPage,
  },
  {
    ...platform,
    path: "/api/webhooks/elevenlabs/conversation-initiation",
    summary: "Tell a voice agent who calls",
    description:
      "ElevenLabs posts `{ caller_id, agent_id, called_number, call_sid }` while it rings. The number that is called says whose call it is, and the secret of its connection, in the header `x-baton-secret`, that it may be told.",
    answer: InitiationAnswer,
    errors: ["unauthenticated", "invalid"],
  },
  {
    ...platform,
    path: "/api/webhooks/elevenlabs/post-call",
    summary: "Take in what was said in a call",
    description:
      "Signed with the connection's post-call secret (`ElevenLabs-Signature`), within half an hour.",
    answer: "text",
    errors: ["unauthenticated"],
  },
  {
    ...platform,
    path: "/api/webhooks/twilio/voice/status",
    summary: "Take in how far a call came",
    description: "Twilio's status callback of calls, signed with the connection's auth token.",
    answer: "text",
    errors: ["unauthenticated"],
  },
];
