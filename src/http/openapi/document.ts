import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import * as admin from "#contracts/admin";
import * as chat from "#contracts/chat";
import * as connections from "#contracts/connections";
import * as contacts from "#contracts/contacts";
import * as conversation from "#contracts/conversation";
import * as copilot from "#contracts/copilot";
import { ErrorBody } from "#contracts/errors";
import * as escalation from "#contracts/escalation";
import * as knowledge from "#contracts/knowledge";
import * as operator from "#contracts/operator";
import { statuses } from "#http/errors";
import { env } from "#lib/env";
import type { ErrorCode } from "#lib/errors";
import { once } from "#lib/registry";
import { accountOperations } from "./account-operations.ts";
import { adminOperations } from "./admin-operations.ts";
import { agentOperations } from "./agent-operations.ts";
import { analyticsOperations } from "./analytics-operations.ts";
import { callOperations } from "./call-operations.ts";
import { chatOperations } from "./chat-operations.ts";
import { connectionOperations } from "./connection-operations.ts";
import { copilotOperations } from "./copilot-operations.ts";
import { deskOperations } from "./desk-operations.ts";
import { keptOperations } from "./kept-operations.ts";
import { notificationOperations } from "./notification-operations.ts";
import type { Operation } from "./operation.ts";
import { queueOperations } from "./queue-operations.ts";
import { ruleOperations } from "./rule-operations.ts";
import { telephonyOperations } from "./telephony-operations.ts";

/** Every operation that the description tells of. */
export const operations: Operation[] = [
  ...chatOperations,
  ...agentOperations,
  ...analyticsOperations,
  ...notificationOperations,
  ...copilotOperations,
  ...deskOperations,
  ...keptOperations,
  ...queueOperations,
  ...adminOperations,
  ...ruleOperations,
  ...connectionOperations,
  ...telephonyOperations,
  ...callOperations,
  ...accountOperations,
];

/** The API description, made from the very schemas that the routes parse with. */
export function openApiDocument() {
  return once("http.openapi", () =>
    createDocument(
      {
        openapi: "3.1.1",
        info: {
          title: "Baton",
          version: "1",
          description:
            "AI-first customer support with human handover. Every error answers `{ error: { code, message, requestId, details? } }`; 429 and 503 say in `Retry-After` when to come back.\n\nA system of your own is connected by the [custom channel](#/Channels/postWebhooksCompanyIdAgentIdChannelWebhookId), whose contract and runnable example stand there.",
        },
        servers: [{ url: env.PUBLIC_BASE_URL }],
        tags: [
          "Web chat",
          "Operators",
          "Reports",
          "Co-pilot",
          "Queue",
          "Settings",
          "Channels",
          "Telephony",
          "Sign-in",
          "Health",
        ].map((name) => ({
          name,
        })),
        paths: pathsOf(operations),
        components: { schemas: namedSchemas(), securitySchemes },
      },
      {
        override({ zodSchema, jsonSchema, io }) {
          // What is trimmed or lower-cased on its way in leaves as the text it then is.
          if (io === "output" && zodSchema._zod.def.type === "transform") jsonSchema.type = "string";
        },
      },
    ),
  );
}

const securitySchemes = {
  session: {
    type: "apiKey",
    in: "cookie",
    name: "baton.session",
    description: "The cookie of a signed-in person.",
  },
  key: { type: "http", scheme: "bearer", description: "An API key: `Authorization: Bearer baton_…`." },
  chat: { type: "http", scheme: "bearer", description: "The secret token of one chat session." },
} as const;

const security: Record<Operation["who"], Record<string, string[]>[]> = {
  anyone: [],
  customer: [{ chat: [] }],
  person: [{ session: [] }],
  staff: [{ session: [] }, { key: [] }],
};

function pathsOf(all: Operation[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of all) {
    const path = operation.path.replace(/\[(\w+)\]/g, "{$1}");
    paths[path] = { ...paths[path], [operation.method]: describe(operation) };
  }
  return paths;
}

function describe(operation: Operation): ZodOpenApiOperationObject {
  const { tag, summary, description, needs, params, query, body, who } = operation;
  const right = needs === undefined ? "" : `Needs the right \`${needs}\`.`;
  const words = [description, right].filter(Boolean).join("\n\n");
  return {
    operationId: operationId(operation),
    tags: [tag],
    summary,
    ...(words === "" ? {} : { description: words }),
    security: security[who],
    requestParams: { ...(params ? { path: params } : {}), ...(query ? { query } : {}) },
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body) } }),
    responses: { ...goodAnswer(operation), ...errorAnswers(operation) },
  };
}

function operationId({ method, path }: Operation): string {
  const words = path
    .replace("/api/", "")
    .split(/[^A-Za-z]+/)
    .filter(Boolean);
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function contentOf(schema: z.ZodType | "bytes" | "text") {
  if (schema === "text") return { "text/plain": { schema: { type: "string" } as const } };
  if (schema === "bytes")
    return { "application/octet-stream": { schema: { type: "string", format: "binary" } as const } };
  return { "application/json": { schema } };
}

function goodAnswer({ answer, status }: Operation) {
  if (answer === undefined) return { "204": { description: "Done" } };
  if (answer === "redirect") return { "303": { description: "Goes on elsewhere" } };
  if (answer === "stream") {
    const content = { "text/event-stream": { schema: { type: "string" } as const } };
    return { "200": { description: "An endless stream of events", content } };
  }
  return { [String(status ?? 200)]: { description: "Done", content: contentOf(answer) } };
}

function errorAnswers({ who, needs, params, query, body, errors = [] }: Operation) {
  const codes: ErrorCode[] = ["rate_limited", ...errors];
  if (query !== undefined || body !== undefined) codes.push("invalid");
  if (body !== undefined) codes.push("too_large", "unsupported_media");
  if (who !== "anyone") codes.push("unauthenticated");
  if (needs !== undefined || who === "person") codes.push("forbidden");
  if (params !== undefined) codes.push("not_found");
  const entries = [...new Set(codes)].map((code) => [String(statuses[code]), refusal(code)]);
  return Object.fromEntries(entries.toSorted(([one = ""], [other = ""]) => (one < other ? -1 : 1)));
}

function refusal(code: ErrorCode) {
  return { description: `\`${code}\``, content: { "application/json": { schema: ErrorBody } } };
}

function namedSchemas(): Record<string, z.ZodType> {
  const rooms = {
    ...chat,
    ...conversation,
    ...escalation,
    ...knowledge,
    ...operator,
    ...copilot,
    ...contacts,
    ...admin,
    ...connections,
  };
  const views = Object.entries(rooms).filter(
    ([, schema]) => schema instanceof z.ZodObject && worthNaming(schema),
  );
  return { ...(Object.fromEntries(views) as Record<string, z.ZodType>), ErrorBody };
}

function worthNaming(schema: z.ZodObject): boolean {
  return Object.keys(schema.shape).length > 2;
}
