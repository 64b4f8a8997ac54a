import { z } from "zod";
import type { Outgoing, OutgoingContent, Outside, Sent } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import { outbound } from "#lib/outbound-http";
import { ask } from "./client.ts";
import { repeatable, statusFailure } from "./failures.ts";
import { isSlackAddress } from "./media.ts";
import { withoutMassMentions } from "./mrkdwn.ts";
import { messageId } from "./place.ts";
import type { Settings } from "./settings.ts";

type Text = Extract<OutgoingContent, { type: "text" }>;
type File = Extract<OutgoingContent, { type: "file" }>;

const Posted = z.looseObject({ channel: z.string(), ts: z.string() });
const Place = z.looseObject({ upload_url: z.string(), file_id: z.string() });
const Shares = z.record(z.string(), z.array(z.looseObject({ ts: z.string() })));
// What is told of the shares is welcome and not needed: the file is shared either way.
const Completed = z.looseObject({
  files: z.array(z.looseObject({ shares: z.record(z.string(), Shares).nullish() })).catch([]),
});

/** Posts one part into its conversation. Throws `DeliveryFailure`. */
export async function send(outgoing: Outgoing, config: Settings, outside: Outside): Promise<Sent> {
  const { content } = outgoing;
  if (content.type === "text") return post(outgoing, content, config, outside);
  if (content.type === "file") return share(outgoing, content, config, outside);
  throw new DeliveryFailure("permanent", "no_templates", "Slack has no templates: write the words yourself.");
}

async function post(outgoing: Outgoing, content: Text, config: Settings, outside: Outside): Promise<Sent> {
  const { channel, threadTs } = outgoing.thread.address;
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
  const posted = await ask("chat.postMessage", fields, Posted, config, outside);
  return { externalId: messageId(posted.channel, posted.ts), status: "sent" };
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
async function share(outgoing: Outgoing, content: File, config: Settings, outside: Outside): Promise<Sent> {
  const { channel = "", threadTs } = outgoing.thread.address;
  const id = await upload(content, config, outside);
  const fields = {
    files: [{ id, title: content.name }],
    // `channel_id` takes no user's id, `channels` does.
    ...(/^[CDGZ]/.test(channel) ? { channel_id: channel } : { channels: channel }),
    thread_ts: threadTs,
    initial_comment: content.caption === undefined ? undefined : withoutMassMentions(content.caption),
  };
  const { files } = await ask("files.completeUploadExternal", fields, Completed, config, outside);
  const shares = Object.values(files[0]?.shares ?? {}).flatMap((each) => Object.entries(each));
  const [sharedIn, [first] = []] = shares[0] ?? [];
  // Slack shares the file in its own time, and often does not yet know the message it will be.
  const externalId = sharedIn && first ? messageId(sharedIn, first.ts) : id;
  return { externalId, status: "sent" };
}

async function upload({ name, bytes }: File, config: Settings, outside: Outside): Promise<string> {
  const wanted = { filename: name, length: bytes.length };
  const place = await ask("files.getUploadURLExternal", wanted, Place, config, outside);
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
    if (status !== 200) throw statusFailure(status, headers.get("retry-after"));
  } catch (error) {
    throw repeatable(error);
  }
}
