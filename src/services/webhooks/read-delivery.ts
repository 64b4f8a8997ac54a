import { z } from "zod";
import { Incoming } from "#contracts/channel";
import { masked } from "#lib/describe-error";
import type { WebhookRequest } from "#services/channels";
import { receive } from "#services/chat";
import type { OpenConnection } from "#services/connections";

/** What a delivery of another platform tells: the line in which it waits for its turn, and how it is taken in. */
export type Told = { line: string; take(connection: OpenConnection, now: Date): Promise<void> };

/**
 * Reads what another platform delivers for a connection beside its own, such as a voice agent's; undefined for what is the
 * adapter's to read. Throws where it cannot be read.
 */
export type Beside = (request: WebhookRequest) => Told[] | undefined;

/** What a delivery tells, and why some or all of it could not be read. */
type Read = { told: Told[]; unread: string | undefined };

/** Reads a stored delivery: one part that cannot be read takes none of the others with it. */
export function readDelivery(
  connection: OpenConnection,
  request: WebhookRequest,
  beside: Beside | undefined,
): Read {
  try {
    const told = beside?.(request);
    return told === undefined ? readOwn(connection, request) : { told, unread: undefined };
  } catch (error) {
    return { told: [], unread: `It could not be read: ${reasonOf(error)}` };
  }
}

function readOwn({ adapter, config }: OpenConnection, request: WebhookRequest): Read {
  const told: Told[] = [];
  const reasons: string[] = [];
  for (const part of adapter.parse(request, config)) {
    if (part.kind === "unreadable") {
      reasons.push(masked(part.reason));
      continue;
    }
    const { data: incoming, error } = Incoming.safeParse(part);
    if (incoming === undefined) reasons.push(reasonOf(error));
    else told.push({ line: lineOf(incoming), take: (open, now) => receive(open, incoming, now) });
  }
  const [first] = reasons;
  if (first === undefined) return { told, unread: undefined };
  if (told.length === 0) return { told, unread: `It could not be read: ${first}` };
  const many = told.length + reasons.length;
  return { told, unread: `${reasons.length} of ${many} parts could not be read: ${first}` };
}

function lineOf(incoming: Incoming): string {
  if (incoming.kind === "message" || incoming.kind === "echo") return incoming.thread.key;
  return incoming.threadKey ?? (incoming.kind === "receipt" ? `receipt ${incoming.externalId}` : "others");
}

/** What went wrong, without a word of a customer. */
export function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return `${issue?.path.filter((part) => typeof part === "string").join(".") || "the body"}: ${masked(issue?.message ?? "")}`;
  }
  return error instanceof Error ? masked(error.message) : "unknown";
}
