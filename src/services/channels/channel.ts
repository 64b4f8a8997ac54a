import type { z } from "zod";
import type {
  CheckReport,
  ContentType,
  Incoming,
  PlatformName,
  RemoteFile,
  Thread,
} from "#contracts/channel";
import type { Template } from "#contracts/operator";

/** A platform's request as it came: its bytes first, parsed by nobody yet. */
export type WebhookRequest = {
  method: "GET" | "POST";
  /** The address that the platform was given, with the query it sent; made from PUBLIC_BASE_URL, never from `Host`. */
  url: URL;
  headers: Headers;
  rawBody: Buffer;
  now: Date;
};

/** How the check of a signature ended; the reason is counted for those who set the connection up, and never answered. */
export type Verified =
  | { ok: true }
  | { ok: false; reason: "signature" | "stale" | "malformed" | "wrong_account" };

/** An answer in the platform's own terms; the gateway's is an empty 200. */
export type Reply = { status: number; body: string; contentType: string };

/** The platforms' own addresses, or those that the environment puts in their place. */
export type Bases = {
  metaGraph: string;
  metaGraphVersion: string;
  telegramApi: string;
  slackApi: string;
  twilioApi: string;
  elevenLabs: string;
  teamsLogin: string;
  teamsOpenId: string;
  teamsIssuer: string;
};

/** What an adapter may know of the world around it. */
export type Outside = {
  now(): Date;
  bases: Bases;
  /** Hosts (`name:port`) that may be asked although they lead to a private address: those of the adapter's own bases, and the administrator's list. */
  privateHosts: readonly string[];
  /** The program itself, which plays the platforms of a phone line for practice. */
  practice?: string;
};

/** The way of writing that a platform shows: what one neutral rich text is rendered to. */
export type Dialect = "markdown" | "plain" | "slack" | "teams" | "telegram" | "whatsapp";

/** What a channel does: data for the composer and the deliverer, never a thrown "not supported". */
export type Can = {
  dialect: Dialect;
  /** The most characters of one part, after formatting. */
  maxLength: number;
  /** The most characters beside a file; with 0, or beyond, the words go as a part of their own. */
  captionLength: number;
  /** Kinds of files that may be sent, and the most bytes of one; a file beyond is sent as a link. */
  media: { kinds: readonly Exclude<ContentType, "text">[]; maxBytes: number };
  /** Buttons under a text; absent where there are none, and choices are written out. */
  buttons?: { max: number; titleLength: number };
  typing: boolean;
  /** The customer's words can be marked as read. */
  read: boolean;
  /** Free words reach the customer only so many hours after theirs; `human` is longer for a person's own answer. */
  replyWindow?: { hours: number; humanHours?: number; beyond: "template" | "nothing" };
  template: boolean;
  /** What the platform tells of a message of ours after it took it. */
  receipts: readonly ("sent" | "delivered" | "read")[];
  /** The platform takes the same part twice for once: then an unknown outcome may be sent again. */
  idempotent: boolean;
  rate: { perSecond: number; perThreadPerSecond?: number };
  /** What is waited before each further try of what was not taken, in seconds, where the platform has a rule of its own. */
  waits?: readonly number[];
};

/** One part of a message of ours, ready for its platform. */
export type Outgoing = {
  /** The same at every try of this part, at most 36 characters: what the platform de-duplicates by, where it does. */
  key: string;
  thread: Thread;
  author: "agent" | "operator" | "system";
  content: OutgoingContent;
  /** The platform's id of the message this one answers. */
  replyToId?: string;
  /** When the customer last wrote: what the reply window counts from. */
  lastCustomerAt: Date | undefined;
};

/** Words: `text` in the channel's dialect, `plain` the same without any formatting. */
export type OutgoingText = {
  type: "text";
  text: string;
  plain: string;
  buttons?: { id: string; title: string }[];
};

/** A file, with its words where they fit beside it. */
export type OutgoingFile = {
  type: "file";
  kind: Exclude<ContentType, "text">;
  name: string;
  mediaType: string;
  bytes: Buffer;
  /** A signed address of the file that ends after a while, for platforms that fetch it themselves. */
  url: string;
  caption?: string;
};

/** A text that the platform approved before, with its values, and their names where its gaps are named. */
export type OutgoingTemplate = {
  type: "template";
  name: string;
  language: string;
  values: string[];
  names?: string[] | undefined;
};

/** What one part holds. */
export type OutgoingContent = OutgoingText | OutgoingFile | OutgoingTemplate;

/** The platform took a part, under this id of its own: unique within the connection, as receipts will name it. */
export type Sent = { externalId: string };

/** Where and when a sample arrives; `id` makes it another one than those before. */
export type SamplePlace = { webhookUrl: string; now: Date; id: string };

/** A customer's file, as it came from the platform. */
export type Downloaded = { bytes: Buffer; mediaType: string | undefined; name: string | undefined };

/** A part of a delivery that could not be read; the reason repeats nothing of it. */
export type Unreadable = { kind: "unreadable"; reason: string };

/** A platform, as one plain object without state: `config` in, facts out. */
export type Channel<Config extends z.ZodObject = z.ZodObject> = {
  name: PlatformName;
  /** As people call it. */
  label: string;
  /** The settings form, encryption at rest and redaction all derive from it: see `secret` and `field`. */
  config: Config;
  can: Can;
  /** Answers a request that asks nothing but an answer (a GET handshake, an unsigned probe); undefined where it is none. */
  handshake?(request: WebhookRequest, config: z.output<Config>): Reply | undefined;
  /** Says whether a delivery is the platform's own and meant for this account; fails closed. */
  verify(request: WebhookRequest, config: z.output<Config>, outside: Outside): Promise<Verified>;
  /** What the platform would repeat if it sent this delivery again; at most 255 characters, unique within the connection. */
  deliveryId(request: WebhookRequest): string;
  /** What a stored delivery is answered with, where an empty 200 is not enough. */
  acknowledge?(request: WebhookRequest, config: z.output<Config>): Reply;
  /**
   * Reads a verified delivery. An empty list is a good answer; what cannot be read stands among the rest, and a throw says
   * that nothing could be: either puts the delivery in quarantine with its message.
   */
  parse(request: WebhookRequest, config: z.output<Config>): (Incoming | Unreadable)[];
  /** Sends one part. Throws `DeliveryFailure`. */
  send(outgoing: Outgoing, config: z.output<Config>, outside: Outside): Promise<Sent>;
  /** The approved texts that `send` can fill; present where `can.template` says so. Throws `DeliveryFailure`. */
  templates?(config: z.output<Config>, outside: Outside): Promise<Template[]>;
  typing?(thread: Thread, config: z.output<Config>, outside: Outside): Promise<void>;
  markRead?(thread: Thread, externalId: string, config: z.output<Config>, outside: Outside): Promise<void>;
  /** Fetches a file of a customer, from the platform's hosts alone. */
  download?(file: RemoteFile, config: z.output<Config>, outside: Outside): Promise<Downloaded>;
  /** What the platform tells of a sender. */
  profile?(
    senderId: string,
    config: z.output<Config>,
    outside: Outside,
  ): Promise<{ name?: string } | undefined>;
  /** Tells the platform where to deliver, where that can be done for the company. */
  setup?(config: z.output<Config>, place: { webhookUrl: string }, outside: Outside): Promise<CheckReport>;
  /** Proves the credentials with a real call. */
  check(config: z.output<Config>, outside: Outside): Promise<CheckReport>;
  /**
   * Makes a delivery as the platform would make and sign it: one text of a customer called "Test customer". Absent where
   * only the platform itself holds the key.
   */
  sample?(words: string, config: z.output<Config>, place: SamplePlace): WebhookRequest;
};

/** Makes a channel; its types follow from its `config`. */
export function defineChannel<Config extends z.ZodObject>(channel: Channel<Config>): Channel<Config> {
  return channel;
}
