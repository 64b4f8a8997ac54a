import { z } from "zod";
import { CheckReport, FilePath, FileQuery, WebhookPath } from "#contracts/channel";
import {
  ConnectionCreated,
  ConnectionList,
  ConnectionPath,
  ConnectionView,
  CreateConnectionBody,
  PageQuery,
  QuarantinePage,
  QuarantinePath,
  SaveConnectionBody,
  TestBody,
  TestReport,
  UndeliveredPage,
} from "#contracts/connections";
import { customContract } from "./custom-contract.ts";
import type { Operation } from "./operation.ts";

const tag = "Channels";
const reading = { tag, who: "staff", needs: "connections:read" } as const;
const writing = { tag, who: "staff", needs: "connections:write" } as const;
const at = (rest: string) => `/api/admin/connections${rest}`;
const one = { params: ConnectionPath };

const webhook = {
  tag,
  who: "anyone",
  path: "/api/webhooks/[companyId]/[agentId]/[channel]/[webhookId]",
  params: WebhookPath,
  answer: "text",
} as const;

/** Every field is the custom channel's: each other platform posts what its own documentation says. */
const Delivery = z
  .looseObject({
    type: z.enum(["message.created", "message.updated", "message.deleted", "receipt.updated"]),
    timestamp: z.iso.datetime(),
    data: z.looseObject({ id: z.string() }),
  })
  .meta({
    example: {
      type: "message.created",
      timestamp: "2026-11-20T10:15:30.000Z",
      data: { id: "m-1", sender: { id: "user-7", name: "Ada" }, content: "Where is my bill?" },
    },
  });

/** How platforms are connected, how they do, and what they call. */
export const connectionOperations: Operation[] = [
  {
    ...reading,
    method: "get",
    path: at(""),
    summary: "List connections, and the platforms that can be connected",
    answer: ConnectionList,
  },
  {
    ...writing,
    method: "post",
    path: at(""),
    summary: "Connect a platform",
    description:
      "`settings` are the fields of the platform's form. Secrets that are Baton's to choose can be left out: the answer holds them in `chosen`, this once.",
    body: CreateConnectionBody,
    answer: ConnectionCreated,
    status: 201,
    errors: ["conflict"],
  },
  {
    ...reading,
    ...one,
    method: "get",
    path: at("/[connectionId]"),
    summary: "One connection, and how it does",
    answer: ConnectionView,
  },
  {
    ...writing,
    ...one,
    method: "patch",
    path: at("/[connectionId]"),
    summary: "Change, pause or resume a connection",
    description:
      "A secret that is left out or empty stays as it is; one that is not required goes when it is empty.",
    body: SaveConnectionBody,
    answer: ConnectionView,
  },
  {
    ...writing,
    ...one,
    method: "delete",
    path: at("/[connectionId]"),
    summary: "Remove a connection",
    description: "Its conversations stay; nothing can be sent in them any more.",
  },
  {
    ...writing,
    ...one,
    method: "post",
    path: at("/[connectionId]/check"),
    summary: "Try the credentials with a real call",
    answer: CheckReport,
  },
  {
    ...writing,
    ...one,
    method: "post",
    path: at("/[connectionId]/setup"),
    summary: "Tell the platform where to deliver",
    description: "Where the platform takes that by its API; `invalid` elsewhere.",
    answer: CheckReport,
    errors: ["invalid"],
  },
  {
    ...writing,
    ...one,
    method: "post",
    path: at("/[connectionId]/test"),
    summary: "Send a signed test delivery through the gateway's steps",
    description: "Nothing of it is kept, and nothing is sent to a customer.",
    body: TestBody,
    answer: TestReport,
  },
  {
    ...reading,
    ...one,
    method: "get",
    path: at("/[connectionId]/undelivered"),
    summary: "Messages that did not arrive, or of which that is not known",
    query: PageQuery,
    answer: UndeliveredPage,
  },
  {
    ...writing,
    ...one,
    method: "post",
    path: at("/[connectionId]/undelivered/retry"),
    summary: "Send everything again that was not delivered",
    description: "What may have arrived already is left out, and so is what only the customer can mend.",
  },
  {
    ...reading,
    ...one,
    method: "get",
    path: at("/[connectionId]/quarantine"),
    summary: "Deliveries that could not be read, without what customers wrote",
    query: PageQuery,
    answer: QuarantinePage,
  },
  {
    ...writing,
    method: "post",
    path: at("/[connectionId]/quarantine/[deliveryId]/replay"),
    summary: "Read a delivery in quarantine once more",
    params: QuarantinePath,
  },
  {
    ...writing,
    method: "delete",
    path: at("/[connectionId]/quarantine/[deliveryId]"),
    summary: "Discard a delivery in quarantine for good",
    params: QuarantinePath,
  },
  {
    ...webhook,
    method: "get",
    summary: "Answer a platform that asks whether the address is ours",
    description: "Only Meta does: it gets its `hub.challenge` back where it shows the verify token.",
    errors: ["forbidden"],
  },
  {
    ...webhook,
    method: "post",
    summary: "Take in what a platform, or a system of your own, delivers",
    description: customContract(),
    body: Delivery,
    errors: ["unauthenticated", "unavailable"],
  },
  {
    method: "get",
    path: "/api/files/[companyId]/[attachmentId]",
    tag,
    who: "anyone",
    summary: "Fetch a file of a message of ours",
    description: "The address comes signed in the message, and ends after a day.",
    params: FilePath,
    query: FileQuery,
    answer: "bytes",
  },
];
