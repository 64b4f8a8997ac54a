import { z } from "zod";
import { PracticeCall, type PracticeEnd } from "#contracts/practice";
import { AppError } from "#lib/errors";
import type { Who } from "#services/accounts";
import { previewAnswer } from "#services/chat";
import { agentName, openLine } from "./line.ts";
import { callIds, hex, ringing, silence } from "./placed.ts";
import { askInitiation, postAfterCall, postAsTwilio } from "./post.ts";
import { afterCall, greetingOf, notReached, spoken, wantsPerson } from "./reports.ts";
import { tellStatus } from "./status.ts";

const Initiated = z.looseObject({ dynamic_variables: PracticeCall.shape.variables });

/** Sends a text from the practice phone, by way of Twilio's webhook. Throws `not_found` without a line for practice. */
export async function practiceSms(who: Who, { from, text }: { from: string; text: string }): Promise<void> {
  const line = await openLine(who);
  const sid = `SM${hex()}`;
  await postAsTwilio(line, "/api/webhooks/twilio/sms/incoming", {
    MessageSid: sid,
    SmsSid: sid,
    From: from,
    To: line.config.from,
    Body: text,
    NumMedia: "0",
    NumSegments: "1",
  });
}

/** Calls the line from the practice phone; the voice agent answers at once, with what it was given to know. */
export async function practiceCall(who: Who, from: string): Promise<PracticeCall> {
  const line = await openLine(who);
  const call = { ...callIds(), direction: "inbound" as const, from };
  const told = await askInitiation(line, {
    caller_id: from,
    agent_id: line.config.voiceAgentId,
    called_number: line.config.from,
    call_sid: call.callSid,
  });
  await tellStatus(line, call, { status: "ringing", sequence: 1 });
  await tellStatus(line, call, { status: "in-progress", sequence: 2 });
  const variables = Initiated.parse(told).dynamic_variables;
  return { ...call, variables, greeting: greetingOf(variables, await agentName(line)) };
}

/** The call that was just placed to the practice phone. Throws `not_found`. */
export async function practiceRinging(who: Who, number: string, now = new Date()): Promise<PracticeCall> {
  await openLine(who);
  const call = ringing(number, now);
  if (call === undefined) throw new AppError("not_found", "This phone does not ring.");
  return call;
}

/** Takes up a call that rings on the practice phone. */
export async function practiceAnswer(
  who: Who,
  call: Pick<PracticeCall, "callSid" | "direction" | "from">,
): Promise<void> {
  const line = await openLine(who);
  silence(call.from);
  await tellStatus(line, call, { status: "in-progress", sequence: 2 });
}

/** Ends a call: the phone company tells how, and the voice agent's platform what was said. */
export async function practiceEnd(who: Who, call: PracticeEnd, now = new Date()): Promise<void> {
  const line = await openLine(who);
  silence(call.from);
  if (call.how === "completed") {
    await tellStatus(line, call, { status: "completed", sequence: 3, seconds: call.seconds });
    await postAfterCall(line, afterCall(line, call, now), now);
    return;
  }
  await tellStatus(line, call, { status: call.how === "busy" ? "busy" : "no-answer", sequence: 3 });
  await postAfterCall(line, notReached(line, call, now), now);
}

/** What the practice line's voice agent says to a question: the assistant's own answer, as one would speak it. */
export async function practiceWords(who: Who, question: string): Promise<{ text: string }> {
  const { companyId, agentId } = await openLine(who);
  if (wantsPerson(question))
    return { text: "I will let a colleague know. They get back to you as soon as we hang up." };
  return { text: spoken(await previewAnswer({ companyId, agentId }, question)) };
}
