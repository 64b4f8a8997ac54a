import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { must, type Staff } from "#services/accounts";
import { DeliveryFailure, outsideOf, recording, voiceSettings } from "#services/channels";
import { openConnection } from "#services/connections";

/**
 * What was recorded of a call, fetched from where it is kept; the part of it that a player asks for, where it asks for one.
 * Throws `not_found` where there is nothing, and `unavailable` while it cannot be fetched.
 */
export async function callRecording(who: Staff, callId: string, range: string | null): Promise<Response> {
  must(who, "conversations:read");
  const [call] = await read<{ connectionId: string; voiceConversationId: string }>(
    who.companyId,
    `SELECT connection_id AS "connectionId", voice_conversation_id AS "voiceConversationId" FROM phone_call
     WHERE company_id = $1 AND id = $2 AND recording_url IS NOT NULL AND voice_conversation_id IS NOT NULL`,
    [who.companyId, callId],
  );
  if (call === undefined) throw new AppError("not_found", "There is no recording of this call.");
  const { config } = await openConnection(who.companyId, call.connectionId);
  try {
    const found = await recording(call.voiceConversationId, voiceSettings.parse(config), outsideOf("sms"));
    // Whatever it calls itself, a browser is only ever to play it.
    const mediaType = /^audio\/[\w.+-]{1,40}/.exec(found.mediaType ?? "")?.[0] ?? "audio/mpeg";
    return played(found.bytes, mediaType, range);
  } catch (error) {
    if (!(error instanceof DeliveryFailure)) throw error;
    throw new AppError("unavailable", `The recording cannot be fetched now: ${error.message}`, {
      cause: error,
    });
  }
}

/** A player jumps by asking for the bytes from somewhere on (RFC 9110, "Range Requests"). */
function played(bytes: Buffer, mediaType: string, range: string | null): Response {
  const [, first = "", last = ""] = /^bytes=(\d{1,12})-(\d{0,12})$/.exec(range ?? "") ?? [];
  const from = Number(first);
  const to = last === "" ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1);
  const isPart = first !== "" && from <= to;
  const part = isPart ? bytes.subarray(from, to + 1) : bytes;
  return new Response(new Uint8Array(part), {
    status: isPart ? 206 : 200,
    headers: {
      "content-type": mediaType,
      "content-length": String(part.length),
      "accept-ranges": "bytes",
      ...(isPart && { "content-range": `bytes ${from}-${to}/${bytes.length}` }),
      "cache-control": "private, max-age=3600",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  });
}
