import { z } from "zod";
import { Incoming } from "#contracts/channel";
import type { TestReport } from "#contracts/connections";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { must, type Who } from "#services/accounts";
import { outsideOf, renderParts } from "#services/channels";
import { previewAnswer } from "#services/chat";
import { getConnection, openConnection, proveCredentials } from "#services/connections";

type Report = z.infer<typeof TestReport>;

/**
 * Sends a connection one delivery as its platform would sign it, through the steps of the gateway, and shows what the
 * assistant would answer; nothing of it is kept or sent. Throws `invalid` where only the platform can sign.
 */
export async function testConnection(who: Who, connectionId: string, text: string): Promise<Report> {
  must(who, "connections:write");
  const connection = await openConnection(who.companyId, connectionId);
  const { adapter, config, companyId, agentId } = connection;
  const { webhookUrl } = await getConnection(who, connectionId);
  if (adapter.sample === undefined) {
    throw new AppError(
      "invalid",
      `Only ${adapter.label} can sign a delivery: write to the bot there instead.`,
    );
  }
  const request = adapter.sample(text, config, { webhookUrl, now: new Date(), id: newId() });
  const steps: Report["steps"] = [];
  const step = async <T>(
    name: string,
    work: () => Promise<T> | T,
    words: (done: T) => string,
    ok: (done: T) => boolean,
  ) => {
    const began = performance.now();
    const done = await Promise.resolve()
      .then(work)
      .catch((error: unknown) => (error instanceof Error ? error : new Error("unknown")));
    const ms = Math.round((performance.now() - began) * 10) / 10;
    if (done instanceof Error) {
      steps.push({ name, ok: false, words: done.message, ms });
      return undefined;
    }
    steps.push({ name, ok: ok(done), words: words(done), ms });
    return ok(done) ? done : undefined;
  };

  const verified = await step(
    "Signature",
    () => adapter.verify(request, config, outsideOf(adapter.name)),
    (verdict) =>
      verdict.ok ? "It is signed as it has to be." : `It was refused: ${verdict.reason.replace("_", " ")}.`,
    (verdict) => verdict.ok,
  );
  if (verified === undefined) return { steps };
  const told = await step(
    "Reading",
    () => z.array(Incoming).parse(adapter.parse(request, config)),
    (found) => `${found.length === 1 ? "One message was" : `${found.length} things were`} read.`,
    (found) => found.some(({ kind }) => kind === "message"),
  );
  const message = told?.find((each) => each.kind === "message");
  if (message?.kind !== "message") return { steps };
  const answer = await step(
    "Answer",
    () => previewAnswer({ companyId, agentId }, message.content),
    () => "The assistant has an answer.",
    (said) => said !== "",
  );
  await step(
    "Credentials",
    () => proveCredentials(connection),
    reportWords,
    ({ ok }) => ok,
  );
  const reply =
    answer === undefined
      ? undefined
      : renderParts(answer, adapter.can)
          .map((part) => part.text)
          .join("\n\n");
  return { steps, message: { sender: message.senderName ?? message.senderId, text: message.content }, reply };
}

function reportWords({ lines }: { lines: { ok: boolean; text: string }[] }): string {
  const wrong = lines.find(({ ok }) => !ok);
  return (wrong ?? lines[0])?.text ?? "The platform answered.";
}
