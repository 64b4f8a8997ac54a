/**
 * Why a part did not reach its platform.
 * `passing`: it was not taken, trying again makes sense. `permanent`: trying again would fail again.
 * `unknown`: the request left and no answer came, so the platform may have taken it.
 * `revoked`: the credentials are no longer good, nothing of this connection can be sent.
 */
export type FailureKind = "passing" | "permanent" | "unknown" | "revoked";

/** A failed delivery, told in words for the operator who wrote it; never holds a secret or a customer's words. */
export class DeliveryFailure extends Error {
  readonly kind: FailureKind;
  readonly code: string;
  /** Seconds that the platform asks to wait. */
  readonly retryAfter: number | undefined;

  constructor(
    kind: FailureKind,
    code: string,
    words: string,
    options: { retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    super(words, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "DeliveryFailure";
    this.kind = kind;
    this.code = code;
    this.retryAfter = options.retryAfter;
  }
}

// Of a connection that never came about nothing can have been taken; anything later may have been.
const neverLeft = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
]);

/** Reads a failure of the network: whether the request can have reached the platform decides if it may be sent again. */
export function networkFailure(error: unknown, label: string): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error;
  const cause = error;
  const codes = causes(error).flatMap((each) => ("code" in each ? [String(each.code)] : []));
  const code = codes[0] ?? "network";
  if (codes.some((each) => each === "private_address" || each === "bad_address")) {
    const words = `${label} has an address that may not be asked: it is malformed or leads into a private network.`;
    return new DeliveryFailure("permanent", code, words, { cause });
  }
  const stayed = causes(error).some((each) => "left" in each && each.left === false);
  if (stayed || codes.some((each) => neverLeft.has(each))) {
    return new DeliveryFailure("passing", code, `${label} cannot be reached right now.`, { cause });
  }
  const words = `${label} did not answer, so it is not known whether it arrived.`;
  return new DeliveryFailure("unknown", code, words, { cause });
}

/**
 * Reads what the status alone of an answer says. A server that broke may have done its work before; one that is away
 * has not (RFC 9110, "503 Service Unavailable"). `code` is the platform's own, where it gave one. Whether a 401 speaks of
 * our credentials is for the adapter to know.
 */
export function statusFailure(
  status: number,
  label: string,
  { code, retryAfter }: { code?: string | undefined; retryAfter?: number | undefined } = {},
): DeliveryFailure {
  const failure = (kind: FailureKind, words: string) =>
    new DeliveryFailure(kind, code ?? `http_${status}`, `${label} ${words}`, { retryAfter });
  if (status === 429) return failure("passing", "asks to send more slowly.");
  if (status === 503) return failure("passing", "is not available right now.");
  if (status >= 500) return failure("unknown", "failed, so it is not known whether it arrived.");
  return failure("permanent", `refused this (${code ?? status}).`);
}

/** The failure of a thread that does not tell where on its platform it lies: nothing was sent. */
export function noAddress(label: string): DeliveryFailure {
  return new DeliveryFailure("permanent", "no_address", `Where ${label} finds this customer is not known.`);
}

/** The failure of a template on a channel that has none. */
export function noTemplates(label: string): DeliveryFailure {
  return new DeliveryFailure(
    "permanent",
    "no_templates",
    `${label} has no templates: write the words yourself.`,
  );
}

/** The failure of an answer that says nothing we can read: what was asked may have been done. */
export function unreadableAnswer(label: string): DeliveryFailure {
  const words = `${label} answered in a way that is not understood, so it is not known whether it arrived.`;
  return new DeliveryFailure("unknown", "unreadable_answer", words);
}

/** The same failure of what may be done twice, since nobody sees it: an unknown outcome is a passing one then. */
export function repeatable(error: unknown, label: string): DeliveryFailure {
  const failure = networkFailure(error, label);
  if (failure.kind !== "unknown") return failure;
  const { code, retryAfter } = failure;
  const words = `${label} does not answer right now.`;
  return new DeliveryFailure("passing", code, words, { retryAfter, cause: failure });
}

/** Gives what was asked for; undefined where the platform will not tell it. Throws what passes. */
export async function ifTold<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DeliveryFailure && error.kind === "permanent") return undefined;
    throw error;
  }
}

function causes(error: unknown): Error[] {
  const found: Error[] = [];
  for (let next = error; next instanceof Error && found.length < 5; next = next.cause) found.push(next);
  return found;
}
