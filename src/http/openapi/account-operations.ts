import { z } from "zod";
import { AcceptInvitationBody, ChangePasswordBody, Email, SetupBody, SetupDone } from "#contracts/accounts";
import { InvitationPath } from "#contracts/admin";
import type { Operation } from "./operation.ts";

const tag = "Sign-in";
const part = z.object({ ok: z.boolean(), ms: z.number(), problem: z.string().optional() });
const health = z.object({ ok: z.boolean(), parts: z.record(z.string(), part) });

/** How people come in, and how the process is. */
export const accountOperations: Operation[] = [
  {
    method: "post",
    path: "/api/auth/sign-in/email",
    tag,
    who: "anyone",
    summary: "Sign in; sets the session cookie",
    body: z.object({ email: Email, password: z.string() }),
    answer: z.object({ user: z.object({ id: z.string(), name: z.string(), email: z.string() }) }),
  },
  {
    method: "post",
    path: "/api/auth/sign-out",
    tag,
    who: "person",
    summary: "Sign out",
    answer: z.object({ success: z.boolean() }),
  },
  {
    method: "post",
    path: "/api/auth/setup",
    tag,
    who: "anyone",
    summary: "Make the first company; only while nobody can sign in",
    body: SetupBody,
    answer: SetupDone,
    status: 201,
    errors: ["conflict"],
  },
  {
    method: "post",
    path: "/api/auth/invitations/[invitationId]/accept",
    tag,
    who: "anyone",
    summary: "Accept an invitation",
    params: InvitationPath,
    body: AcceptInvitationBody,
    answer: z.object({ accepted: z.boolean() }),
    errors: ["gone"],
  },
  {
    method: "post",
    path: "/api/auth/password",
    tag,
    who: "person",
    summary: "Set or change your password; ends your other sign-ins",
    body: ChangePasswordBody,
  },
  {
    method: "get",
    path: "/api/health/live",
    tag: "Health",
    who: "anyone",
    summary: "Whether the process runs",
    answer: z.object({ ok: z.boolean() }),
  },
  {
    method: "get",
    path: "/api/health/ready",
    tag: "Health",
    who: "anyone",
    summary: "Whether every part works, with its milliseconds",
    answer: health,
    errors: ["unavailable"],
  },
];

/** Addresses that stand in the house but not in the description. */
export const internalRoutes: readonly string[] = [
  // Holds sign-in and sign-out, which are described one by one.
  "GET /api/auth/[...all]",
  "POST /api/auth/[...all]",
  "GET /api/openapi.json",
  "GET /api/docs/[[...file]]",
  // The demo company's practice phone, and the platforms that are played for it.
  "POST /api/demo/telephony/line",
  "POST /api/demo/telephony/sms",
  "POST /api/demo/telephony/calls",
  "POST /api/demo/telephony/calls/answer",
  "POST /api/demo/telephony/calls/end",
  "GET /api/demo/telephony/ringing",
  "POST /api/demo/telephony/words",
  "GET /api/demo/telephony/platform/2010-04-01/Accounts/[accountSid]",
  "POST /api/demo/telephony/platform/2010-04-01/Accounts/[accountSid]/Messages.json",
  "GET /api/demo/telephony/platform/v1/convai/agents/[agentId]",
  "POST /api/demo/telephony/platform/v1/convai/twilio/outbound-call",
];
