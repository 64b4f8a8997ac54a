/** One call of a tool, as the model wrote it; `arguments` is JSON text nobody has checked yet. */
export type ToolCall = { id: string; name: string; arguments: string };

export type ModelMessage =
  | { role: "user"; text: string }
  | { role: "assistant"; text: string; tools?: ToolCall[] }
  | { role: "tool"; id: string; text: string };

export type ModelTool = { name: string; description: string; parameters: Record<string, unknown> };

export type ModelEvent =
  | { type: "text"; text: string }
  | { type: "tool"; id: string; name: string; arguments: string }
  | { type: "usage"; input: number; output: number }
  | { type: "end"; reason: "stop" | "length" | "tools" };

export type ModelRequest = {
  system: string;
  messages: ModelMessage[];
  tools: ModelTool[];
  signal: AbortSignal;
  /** Who asks, as the provider may know it: an id without meaning, for its abuse checks. */
  user?: string;
};

/** A language model that streams; it throws `ModelFailure`, or the signal's reason when it was aborted. */
export type ModelClient = {
  name: string;
  stream(request: ModelRequest): AsyncIterable<ModelEvent>;
};

export const modelFailureKinds = [
  "timeout",
  "rate_limited",
  "server",
  "cut",
  "malformed",
  "refused",
  "runaway",
] as const;
export type ModelFailureKind = (typeof modelFailureKinds)[number];

/** A language model did not do its part; the message names no secret and no customer's word. */
export class ModelFailure extends Error {
  readonly kind: ModelFailureKind;
  /** Milliseconds after which the provider wants to be asked again. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: ModelFailureKind,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ModelFailure";
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }
}
