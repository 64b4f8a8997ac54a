import OpenAI from "openai";
import { once } from "#lib/registry";
import { Breaker } from "./breaker.ts";
import {
  type ModelClient,
  type ModelEvent,
  ModelFailure,
  type ModelMessage,
  type ModelRequest,
} from "./model.ts";
import { pause, systemTicker, type Ticker } from "./ticker.ts";
import { warmFetch } from "./warm-fetch.ts";

export type ModelTimeouts = {
  /** Until the first token of one attempt. */
  firstTokenMs: number;
  /** Between two tokens. */
  stallMs: number;
  /** All attempts and pauses before the first token. */
  patienceMs: number;
  /** From the first request to the end of the answer. */
  wholeMs: number;
};

export type OpenAiModelOptions = {
  baseUrl?: string | undefined;
  apiKey: string;
  model: string;
  timeouts?: Partial<ModelTimeouts>;
  retries?: number;
  breaker?: Breaker;
  ticker?: Ticker;
  random?: () => number;
};

const standard: ModelTimeouts = {
  firstTokenMs: 10_000,
  stallMs: 15_000,
  patienceMs: 20_000,
  wholeMs: 120_000,
};
const mostOutputTokens = 2_000;

/** A model behind any server that speaks OpenAI's chat completions. */
export function openaiModel(options: OpenAiModelOptions): ModelClient {
  const timeouts = { ...standard, ...options.timeouts };
  const ticker = options.ticker ?? systemTicker;
  const random = options.random ?? Math.random;
  const retries = options.retries ?? 2;
  const client = new OpenAI({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    maxRetries: 0,
    // The SDK would otherwise write chunks it cannot read to the console.
    logLevel: "off",
    timeout: timeouts.wholeMs,
    fetch: once("ai.fetch", warmFetch),
  });
  const breaker = options.breaker ?? breakerOf(client.baseURL);

  return { name: options.model, stream };

  async function* stream(request: ModelRequest): AsyncGenerator<ModelEvent> {
    const began = ticker.now();
    for (let attempt = 0; ; attempt += 1) {
      if (!breaker.enter())
        throw new ModelFailure("server", "The model's server keeps failing and is left alone.");
      let alive = false;
      let settled = false;
      try {
        for await (const event of oneAttempt(request, began)) {
          if (!alive) breaker.succeeded();
          alive = true;
          yield event;
        }
        settled = true;
        return;
      } catch (error) {
        settled = true;
        if (request.signal.aborted) {
          breaker.left();
          throw request.signal.reason;
        }
        const failure = toFailure(error, { streaming: alive });
        if (saysServerIsIll(failure)) breaker.failed();
        else breaker.left();
        if (alive || attempt >= retries || !isWorthRetrying(failure)) throw failure;
        const wait = failure.retryAfterMs ?? random() * Math.min(250 * 2 ** attempt, 4_000);
        if (ticker.now() - began + wait > timeouts.patienceMs) throw failure;
        await pause(ticker, wait, request.signal);
      } finally {
        // The reader left early: the provider did nothing wrong.
        if (!settled) breaker.left();
      }
    }
  }

  async function* oneAttempt(request: ModelRequest, began: number): AsyncGenerator<ModelEvent> {
    const attempt = new AbortController();
    const stop = () => attempt.abort(request.signal.reason);
    if (request.signal.aborted) throw request.signal.reason;
    request.signal.addEventListener("abort", stop, { once: true });
    const late = (message: string) => () => attempt.abort(new ModelFailure("timeout", message));
    const left = timeouts.wholeMs - (ticker.now() - began);
    const forgetWhole = ticker.after(left, late("The answer took too long as a whole."));
    let forget = ticker.after(timeouts.firstTokenMs, late("No first token came in time."));
    const heard = () => {
      forget();
      forget = ticker.after(timeouts.stallMs, late("The model stopped in the middle."));
    };
    let ended = false;
    try {
      const chunks = await client.chat.completions.create(body(request, options.model), {
        signal: attempt.signal,
      });
      yield* eventsOf(chunks, heard);
      // The SDK ends quietly when it was aborted.
      if (attempt.signal.aborted) throw attempt.signal.reason;
      ended = true;
    } catch (error) {
      throw attempt.signal.aborted ? attempt.signal.reason : error;
    } finally {
      forget();
      forgetWhole();
      request.signal.removeEventListener("abort", stop);
      // After a good end the connection is left to serve again.
      if (!ended) attempt.abort();
    }
  }
}

type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk;

async function* eventsOf(chunks: AsyncIterable<Chunk>, heard: () => void): AsyncGenerator<ModelEvent> {
  const calls = new Map<number, { id: string; name: string; arguments: string }>();
  let finish: string | undefined;
  for await (const chunk of chunks) {
    if (chunk === null || typeof chunk !== "object") throw malformed();
    if (chunk.usage) {
      yield {
        type: "usage",
        input: chunk.usage.prompt_tokens ?? 0,
        output: chunk.usage.completion_tokens ?? 0,
      };
    }
    if (chunk.choices !== undefined && !Array.isArray(chunk.choices)) throw malformed();
    const choice = chunk.choices?.[0];
    if (choice === undefined) continue;
    const delta = choice.delta ?? {};
    if (typeof delta.content === "string" && delta.content !== "") {
      heard();
      yield { type: "text", text: delta.content };
    } else if (Object.keys(delta).some((key) => key !== "role" && key !== "content")) {
      // Thoughts and tool calls show nothing yet, but they are signs of life.
      heard();
    }
    if (typeof delta.refusal === "string" && delta.refusal !== "") {
      throw new ModelFailure("refused", "The model refused to answer.");
    }
    for (const part of delta.tool_calls ?? []) {
      const call = calls.get(part.index ?? 0) ?? { id: "", name: "", arguments: "" };
      call.id ||= part.id ?? "";
      call.name ||= part.function?.name ?? "";
      call.arguments += part.function?.arguments ?? "";
      if (call.arguments.length > 20_000) throw new ModelFailure("runaway", "A tool call never ended.");
      calls.set(part.index ?? 0, call);
    }
    finish = choice.finish_reason ?? finish;
  }
  if (finish === undefined) throw new ModelFailure("cut", "The model's stream ended before its answer did.");
  if (finish === "content_filter")
    throw new ModelFailure("refused", "The provider's filter held the answer back.");
  for (const [index, call] of calls) {
    if (call.name !== "") yield { type: "tool", ...call, id: call.id || `call_${index}` };
  }
  if (calls.size > 0) yield { type: "end", reason: "tools" };
  else yield { type: "end", reason: finish === "length" ? "length" : "stop" };
}

function body(
  request: ModelRequest,
  model: string,
): OpenAI.Chat.Completions.ChatCompletionCreateParamsStreaming {
  return {
    model,
    stream: true,
    stream_options: { include_usage: true },
    max_completion_tokens: mostOutputTokens,
    messages: [{ role: "system", content: request.system }, ...request.messages.map(toOpenAi)],
    ...(request.user === undefined ? {} : { user: request.user }),
    ...(request.tools.length === 0
      ? {}
      : { tools: request.tools.map((tool) => ({ type: "function" as const, function: tool })) }),
  };
}

function toOpenAi(message: ModelMessage): OpenAI.Chat.Completions.ChatCompletionMessageParam {
  if (message.role === "user") return { role: "user", content: message.text };
  if (message.role === "tool") return { role: "tool", tool_call_id: message.id, content: message.text };
  if (message.tools === undefined) return { role: "assistant", content: message.text };
  return {
    role: "assistant",
    content: message.text === "" ? null : message.text,
    tool_calls: message.tools.map((call) => ({
      id: call.id,
      type: "function" as const,
      function: { name: call.name, arguments: call.arguments },
    })),
  };
}

function toFailure(error: unknown, { streaming }: { streaming: boolean }): ModelFailure {
  if (error instanceof ModelFailure) return error;
  if (error instanceof OpenAI.APIConnectionTimeoutError)
    return new ModelFailure("timeout", "The model did not answer in time.", { cause: error });
  if (error instanceof OpenAI.APIError && error.status !== undefined) return fromStatus(error);
  if (error instanceof SyntaxError) return malformed(error);
  if (streaming) return new ModelFailure("cut", "The model's stream broke off.", { cause: error });
  return new ModelFailure("server", "The model's server could not be reached.", { cause: error });
}

function fromStatus(error: InstanceType<typeof OpenAI.APIError>): ModelFailure {
  const status = Number(error.status);
  if (status === 429) {
    const retryAfterMs = readRetryAfter(error.headers?.get("retry-after"), Date.now());
    const message = "The model's provider asks to slow down.";
    return new ModelFailure("rate_limited", message, {
      cause: error,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }
  if (status >= 500 || status === 408 || status === 409)
    return new ModelFailure("server", `The model's server answered ${status}.`, { cause: error });
  return new ModelFailure("refused", `The model's server refused the request with ${status}.`, {
    cause: error,
  });
}

/** Reads a Retry-After header: seconds, or a date. */
export function readRetryAfter(header: string | null | undefined, now: number): number | undefined {
  if (header === null || header === undefined || header.trim() === "") return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function malformed(cause?: unknown): ModelFailure {
  return new ModelFailure("malformed", "The model's server sent something that is no answer.", { cause });
}

function isWorthRetrying(failure: ModelFailure): boolean {
  return failure.kind === "rate_limited" || failure.kind === "server";
}

function saysServerIsIll(failure: ModelFailure): boolean {
  return failure.kind === "server" || failure.kind === "timeout" || failure.kind === "cut";
}

function breakerOf(baseUrl: string): Breaker {
  const breakers = once("ai.breakers", () => new Map<string, Breaker>());
  const known = breakers.get(baseUrl) ?? new Breaker();
  breakers.set(baseUrl, known);
  return known;
}
