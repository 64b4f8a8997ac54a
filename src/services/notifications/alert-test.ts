import type { TestAlertResult } from "#contracts/notifications";
import { read } from "#lib/db";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { mailIsOn, sendMail } from "#lib/mail";
import type { OperatorWho } from "#services/accounts";
import { writeLetter } from "./letter-look.ts";
import { sendPush } from "./push-send.ts";
import { forgetSubscription, type Subscription, subscriptionsOf } from "./push-subscriptions.ts";

/**
 * Sends an operator a test by one channel, at once and whatever they have chosen, and says what became of it. Throws
 * `conflict` where there is nowhere to send it.
 */
export async function sendTestAlert(who: OperatorWho, channel: "push" | "email"): Promise<TestAlertResult> {
  return channel === "push" ? testPush(who) : testLetter(who);
}

async function testPush(who: OperatorWho): Promise<TestAlertResult> {
  const subscriptions = await subscriptionsOf(who);
  if (subscriptions.length === 0)
    throw new AppError("conflict", "No browser of yours is told by push yet: turn it on in one first.");
  const outcomes = await Promise.all(subscriptions.map((each) => tryOut(who.companyId, each)));
  const many = (outcome: string) => outcomes.filter((each) => each === outcome).length;
  return { sent: many("sent"), gone: many("gone"), failed: many("refused") };
}

async function tryOut(companyId: string, subscription: Subscription) {
  const payload = {
    key: newId(),
    tag: "test",
    title: "This is how Baton tells you",
    body: "When a customer needs you, it looks like this.",
    url: "/settings/notifications",
  };
  // Not reached now is not reached for a test.
  const outcome = await sendPush(subscription, payload, { urgency: "high", seconds: 60 }).catch(
    () => "refused" as const,
  );
  if (outcome === "gone") await forgetSubscription(companyId, subscription.id);
  return outcome;
}

async function testLetter({ companyId, userId }: OperatorWho): Promise<TestAlertResult> {
  if (!mailIsOn())
    throw new AppError("conflict", "No mail server is set up here, so no letters can be sent.");
  const [person] = await read<{ email: string; name: string }>(
    companyId,
    'SELECT u.email, u.name FROM member m JOIN "user" u ON u.id = m.user_id WHERE m.company_id = $1 AND m.user_id = $2',
    [companyId, userId],
  );
  if (person === undefined) throw new AppError("not_found", "You are no longer a member of this company.");
  const settings = `${env.PUBLIC_BASE_URL}/settings/notifications`;
  await sendMail({
    to: person.email,
    id: `test-${newId()}`,
    fromName: "Baton",
    subject: "Letters from Baton reach you",
    ...writeLetter({
      greeting: `Hello ${person.name},`,
      lead: "this is the test that you asked for. What you chose to be told by e-mail will come like this.",
      items: [],
      action: { label: "Open the settings", url: settings },
      foot: [],
      leave: { label: "Change what you are told about", url: settings },
    }),
  });
  return { sent: 1, gone: 0, failed: 0 };
}
