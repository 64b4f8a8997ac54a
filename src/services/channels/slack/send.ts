import { z } from "zod";
import type { Outgoing, OutgoingFile, OutgoingText, Outside, Sent } from "#channels/channel";
import { DeliveryFailure, noAddress, noTemplates, repeatable, statusFailure } from "#channels/failure";
import { retryAfter } from "#channels/retry-after";
import type { Thread } from "#contracts/channel";
import { outbound } from "#lib/outbound-http";
import { ask } from "./client.ts";
import { isSlackAddress } from "./media.ts";
import { withoutMassMentions } from "./mrkdwn.ts";
import type { Settings } from "./settings.ts";
import { externalIdOf } from "./thread.ts";

const Posted = z.looseObject({ channel: z.string(), ts: z.string() });
const Place = z.looseObject({ upload_url: z.string(), file_id: z.string() });
const Shares = z.record(z.string(), z.array(z.looseObject({ ts: z.string() })));
// What is told of the shares is welcome and not needed: the file is shared either way.
const Completed = z.looseObject({
  files: z.array(z.looseObject({ shares: z.record(z.string(), Shares).nullish() })).catch([]),
});

/** Sends one part (docs.slack.dev, "chat.postMessage" and "Working with files"). Throws `DeliveryFailure`. */
export async function send(outgoing: Outgoing, settings: Settings, outside: Outside): Promise<Sent> {
  const { content } = outgoing;
  if (content.type === "text") return post(outgoing, content, settings, outside);
  if (content.type === "file") return share(outgoing, content, settings, outside);
  throw noTemplates("Slack");
}

async function post(
  outgoing: Outgoing,
  content: OutgoingText,
  settings: Settings,
  outside: Outside,
): Promise<Sent> {
  const { channel, threadTs } = placeOf(outgoing.thread);
  const text = withoutMassMentions(content.text);
  const fields = {
    channel,
    text,
    thread_ts: threadTs,
    blocks: content.buttons?.length ? withButtons(text, content.buttons) : undefined,
    unfurl_links: false,
    unfurl_media: false,
    // No documented argument: Slack keeps it with the message, and promises nothing about a second one.
    client_msg_id: outgoing.key,
  };
  const posted = await ask("chat.postMessage", fields, Posted, settings, outside);
  return { externalId: externalIdOf(posted.channel, posted.ts) };
}

function placeOf({ address: { channel, threadTs } }: Thread) {
  if (channel === undefined) throw noAddress("Slack");
  return { channel, threadTs };
}

// "Block Kit": where there are blocks, `text` is only what a notification shows.
function withButtons(text: string, buttons: { id: string; title: string }[]) {
  const elements = buttons.map(({ id, title }, index) => ({
    type: "button",
    action_id: `choice-${index + 1}`,
    text: { type: "plain_text", text: title, emoji: true },
    value: id,
  }));
  return [
    { type: "section", text: { type: "mrkdwn", text } },
    { type: "actions", elements },
  ];
}

// "files.getUploadURLExternal": ask for a place, put the bytes there, then share them.
async function share(
  outgoing: Outgoing,
  content: OutgoingFile,
  settings: Settings,
  outside: Outside,
): Promise<Sent> {
  const { channel, threadTs } = placeOf(outgoing.thread);
  const id = await upload(content, settings, outside);
  const fields = {
    files: [{ id, title: content.name }],
    // `channel_id` takes no user's id, `channels` does.
    ...(/^[CDGZ]/.test(channel) ? { channel_id: channel } : { channels: channel }),
    thread_ts: threadTs,
    initial_comment: content.caption === undefined ? undefined : withoutMassMentions(content.caption),
  };
  const { files } = await ask("files.completeUploadExternal", fields, Completed, settings, outside);
  const shares = Object.values(files[0]?.shares ?? {}).flatMap((each) => Object.entries(each));
  const [sharedIn, [first] = []] = shares[0] ?? [];
  // Slack shares the file in its own time, and often does not yet know the message it will be.
  const externalId = sharedIn && first ? externalIdOf(sharedIn, first.ts) : id;
  return { externalId };
}

async function upload({ name, bytes }: OutgoingFile, settings: Settings, outside: Outside): Promise<string> {
  const wanted = { filename: name, length: bytes.length };
  const place = await ask("files.getUploadURLExternal", wanted, Place, settings, outside);
  if (!isSlackAddress(place.upload_url, outside)) {
    throw new DeliveryFailure("permanent", "foreign_host", "The place for the file is not Slack's.");
  }
  await put(place.upload_url, bytes, outside);
  return place.file_id;
}

async function put(url: string, bytes: Buffer, outside: Outside): Promise<void> {
  try {
    const { status, headers } = await outbound({
      url,
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: bytes,
      timeoutMs: 60_000,
      privateHosts: outside.privateHosts,
    });
    if (status !== 200) {
      const wait = retryAfter(headers, outside.now());
      throw statusFailure(status, "Slack", { retryAfter: wait });
    }
  } catch (error) {
    throw repeatable(error, "Slack");
  }
}
