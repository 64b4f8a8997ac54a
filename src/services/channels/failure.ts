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
  const codes = causes(error).flatMap((each) => ("code" in each ? [String(each.code)] : []));
  const code = codes[0] ?? "network";
  if (codes.some((each) => each === "private_address" || each === "bad_address")) {
    const words = `The address for ${label} is not one that may be asked: it is malformed or leads into a private network.`;
    return new DeliveryFailure("permanent", code, words, { cause: error });
  }
  const stayed = causes(error).some((each) => "left" in each && each.left === false);
  if (stayed || codes.some((each) => neverLeft.has(each))) {
    return new DeliveryFailure("passing", code, `${label} cannot be reached right now.`, { cause: error });
  }
  return new DeliveryFailure(
    "unknown",
    code,
    `${label} did not answer, so it is not known whether it arrived.`,
    {
      cause: error,
    },
  );
}

function causes(error: unknown): Error[] {
  const found: Error[] = [];
  for (let next = error; next instanceof Error && found.length < 5; next = next.cause) found.push(next);
  return found;
}
