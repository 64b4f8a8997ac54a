import type { Source } from "#contracts/conversation";
import type { PassageHit } from "#contracts/knowledge";
import type { Offering } from "#contracts/structured";
import type { ConfidenceParts } from "./confidence.ts";
import type { ModelClient, ModelFailureKind } from "./model.ts";

/** One message of the conversation before the question, as far as an answer needs it. */
export type TurnMessage = { author: "customer" | "agent" | "operator"; text: string };

/** What an answer may know. Whose articles these are is settled by who made it, never by a model's words. */
export type TurnKnowledge = {
  search(query: string, limit: number): Promise<PassageHit[]>;
  /** Where a customer reads the article; `/help/<slug>#<anchor>` when not given. */
  url?(hit: PassageHit): string;
};

/** What a person did before they gave the conversation back to the AI, and what for. */
export type HandedBack = {
  /** Who it was, where it was a person. */
  by: string | undefined;
  note: string | undefined;
  /** What the AI may help with; empty for anything. */
  topics: readonly string[];
  /** What the person told the customer, oldest first. */
  said: readonly string[];
};

export type TurnRequest = {
  agent: { id: string; name: string; instructions: string };
  companyName: string;
  /** The origins that answers may link to. */
  companyOrigins?: readonly string[];
  /** Oldest first, without the question. */
  history: readonly TurnMessage[];
  /** The customer's words since the last answer; a burst of messages is joined by blank lines. */
  question: string;
  language: string;
  /** The window is offering a person, and the customer has not answered yet. */
  offered?: boolean;
  /** Where a person had the conversation before. */
  handedBack?: HandedBack | undefined;
  /** What was said with the customer before, in short. */
  earlier?: string | undefined;
  /** As the customer wrote it; treated as data. */
  customerName?: string;
  knowledge: TurnKnowledge;
  model?: ModelClient | undefined;
  signal: AbortSignal;
  /** Receives each new piece of the answer; all pieces joined are the answer's text. An empty one ends it. */
  emit(piece: { text: string }): void;
  /** Randomness for the marks around data. */
  nonce?: () => string;
};

/** `asking` gives no answer but asks back, with choices or a form. */
export type AnswerKind = "answer" | "asking" | "unknown" | "small_talk";

export type TurnFailure = {
  kind: ModelFailureKind | "internal";
  message: string;
  /** Words had been shown already when it failed. */
  streamed: boolean;
  /** The keyless answerer stepped in, so that the customer has an answer all the same. */
  recovered: boolean;
};

export type AnswerResult = {
  text: string;
  sources: Source[];
  confidence: { value: number; parts: ConfidenceParts };
  kind: AnswerKind;
  /** How the customer sounds to the model, −1…1; absent where it did not say. */
  sentiment?: number;
  /** The model asked for a person. */
  escalate?: { reason: string };
  /** The question is outside of what was handed back: it goes to the person who gave it. */
  returns?: { reason: string };
  /** What the customer can press, read or fill in beside the text. */
  data?: Offering;
  /** The model's name, or `keyless`. */
  model: string;
  outcome: "complete" | "failed";
  failure?: TurnFailure;
  usage?: { input: number; output: number; rounds: number };
};
