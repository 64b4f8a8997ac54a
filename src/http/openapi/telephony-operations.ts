import { CallList, CallQuery } from "#contracts/calls";
import { ConversationPath } from "#contracts/operator";
import {
  ControlPath,
  HumanControl,
  HumanMessageAnswer,
  HumanMessageBody,
  JoinBody,
  LeadBody,
  LeadPage,
  LeadPath,
  LeadQuery,
  LeadStreamQuery,
  LeadView,
  LeaveBody,
} from "#contracts/telephony";
import type { Operation } from "./operation.ts";

type Way = Pick<Operation, "tag" | "who" | "needs" | "path">;
const reads = (path: string): Way => ({
  tag: "Telephony",
  who: "staff",
  needs: "conversations:read",
  path: `/api/${path}`,
});
const writes = (path: string): Way => ({ ...reads(path), needs: "conversations:write" });
const control = "conversations/human-control";

/** Customers on the phone: who they are, what is said with them, and who says it. */
export const telephonyOperations: Operation[] = [
  { ...reads("agent/leads"), method: "get", summary: "List leads", query: LeadQuery, answer: LeadPage },
  {
    ...reads("agent/leads/[leadId]"),
    method: "get",
    summary: "Read one lead",
    params: LeadPath,
    answer: LeadView,
  },
  {
    ...writes("agent/leads/[leadId]"),
    method: "patch",
    summary: "Change a lead's status, and whether they may be called",
    params: LeadPath,
    body: LeadBody,
    answer: LeadView,
  },
  {
    ...reads("agent/conversations/[conversationId]/calls"),
    method: "get",
    summary: "List the phone calls of a conversation",
    params: ConversationPath,
    query: CallQuery,
    answer: CallList,
  },
  {
    ...reads("stream/conversation/[leadId]"),
    method: "get",
    summary: "Follow a lead's calls and messages",
    description:
      "Server-sent events: `conversation_history` (with `load=true`), `sms_received`, `call_initiated`, `call_ended`, `human_control_started`, `human_control_ended`, `human_message_sent`; every other entry of the log comes under its own name. Send the last `id` as `Last-Event-ID` to go on where you were.",
    params: LeadPath,
    query: LeadStreamQuery,
    answer: "stream",
  },
  {
    ...writes(`${control}/join`),
    method: "post",
    summary: "Give a phone customer's conversation to a person",
    description: "The AI is silent from then on. An API key names the operator who joins.",
    body: JoinBody,
    answer: HumanControl,
    errors: ["not_found", "conflict"],
  },
  {
    ...writes(`${control}/leave`),
    method: "post",
    summary: "Hand a phone customer's conversation back to the AI",
    body: LeaveBody,
    answer: HumanControl,
    errors: ["not_found", "conflict"],
  },
  {
    ...writes(`${control}/send-message`),
    method: "post",
    summary: "Send a person's words to a phone customer",
    body: HumanMessageBody,
    answer: HumanMessageAnswer,
    status: 201,
    errors: ["not_found", "conflict"],
  },
  {
    ...reads(`${control}/status/[phoneNumber]`),
    method: "get",
    summary: "Read who speaks with a phone customer",
    params: ControlPath,
    answer: HumanControl,
    errors: ["invalid"],
  },
  ...["incoming", "status"].map(
    (what): Operation => ({
      method: "post",
      path: `/api/webhooks/twilio/sms/${what}`,
      tag: "Telephony",
      summary:
        what === "incoming"
          ? "Take in a message from Twilio"
          : "Take in what became of a message, from Twilio",
      description:
        "One address for all numbers: the number and Twilio's signature say whose it is. Answers TwiML without a message.",
      who: "anyone",
      body: "bytes",
      answer: "text",
      errors: ["unauthenticated", "unavailable"],
    }),
  ),
];
