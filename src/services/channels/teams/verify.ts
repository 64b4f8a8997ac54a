// Behind the package's index wait the login libraries of Azure, which nothing here needs.
import { AuthenticationConstants } from "botframework-connector/lib/auth/authenticationConstants.js";
import { EndorsementsValidator } from "botframework-connector/lib/auth/endorsementsValidator.js";
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from "jose";
import type { Outside, Verified, WebhookRequest } from "#channels/channel";
import { jsonIn } from "#channels/json";
import { sameText } from "#lib/crypto";
import { type SigningKey, signingKey } from "./keys.ts";
import { Envelope } from "./payload.ts";
import type { Settings } from "./settings.ts";

type Reason = Extract<Verified, { ok: false }>["reason"];

const skewSeconds = 5 * 60;

/**
 * Says whether a delivery fits every requirement of learn.microsoft.com, "Authentication with the Bot Connector API",
 * "Step 4: Verify the JWT token", and is of the connection's organisation. Throws `unavailable` while Microsoft's keys
 * cannot be read, as Teams then delivers again.
 */
export async function verify(
  request: WebhookRequest,
  { appId, tenantId }: Settings,
  outside: Outside,
): Promise<Verified> {
  const issuer = outside.bases.teamsIssuer;
  const token = request.headers.get("authorization")?.match(/^Bearer (\S+)$/)?.[1];
  const keyId = token === undefined ? undefined : keyIdOf(token, issuer);
  if (token === undefined || keyId === undefined) return refused("signature");

  const key = await signingKey(keyId, outside);
  if (key === undefined) return refused("signature");
  const claims = await claimsOf(token, key, { issuer, audience: appId, currentDate: request.now });
  if (typeof claims === "string") return refused(claims);

  const { data: envelope } = Envelope.safeParse(jsonIn(request.rawBody));
  if (envelope === undefined) return refused("malformed");
  if (!isEndorsed(envelope.channelId, key)) return refused("signature");
  // Answers go to this address with our token, so that a body may not choose it.
  if (claims[AuthenticationConstants.ServiceUrlClaim] !== envelope.serviceUrl) return refused("signature");
  return isOurs(envelope, tenantId) ? { ok: true } : refused("wrong_account");
}

function refused(reason: Reason): Verified {
  return { ok: false, reason };
}

/** The id of the key that a token names; undefined where the token is none or not the Bot Framework's own. */
function keyIdOf(token: string, issuer: string): string | undefined {
  try {
    // Refused unread, as nothing of it can be true: keys of other issuers are never asked for.
    if (decodeJwt(token).iss !== issuer) return undefined;
    return decodeProtectedHeader(token).kid;
  } catch {
    return undefined;
  }
}

async function claimsOf(
  token: string,
  { key }: SigningKey,
  expected: { issuer: string; audience: string; currentDate: Date },
): Promise<JWTPayload | Reason> {
  try {
    const { payload } = await jwtVerify(token, key, {
      ...expected,
      algorithms: [...AuthenticationConstants.AllowedSigningAlgorithms],
      clockTolerance: skewSeconds,
      requiredClaims: ["exp"],
    });
    return payload;
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): Reason {
  if (error instanceof errors.JWTExpired) return "stale";
  if (!(error instanceof errors.JWTClaimValidationFailed)) return "signature";
  if (error.claim === "nbf") return "stale";
  return error.claim === "aud" ? "wrong_account" : "signature";
}

// Asked for every key: one that is listed without endorsements speaks for no channel.
function isEndorsed(channelId: string, { endorsements }: SigningKey): boolean {
  return EndorsementsValidator.validate(channelId, endorsements);
}

/** Two connections may share one app; the organisation tells them apart. */
function isOurs({ channelId, conversation, channelData }: Envelope, tenantId: string): boolean {
  const tenant = conversation?.tenantId ?? channelData?.tenant?.id;
  return channelId === "msteams" && sameText(tenant?.toLowerCase(), tenantId.toLowerCase());
}
