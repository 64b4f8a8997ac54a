import type { OutgoingContent } from "#services/channels";
import { type Channel, cited, renderParts } from "#services/channels";
import { attachmentFile } from "./attachments.ts";
import type { OutgoingMessage } from "./delivery-store.ts";
import { fileLink } from "./file-links.ts";
import { writtenOut } from "./written-out.ts";

/** A message as the parts that its platform takes, in order: always the same parts for the same message. */
export async function outgoingParts(
  { can }: Channel,
  companyId: string,
  message: OutgoingMessage,
): Promise<OutgoingContent[]> {
  if (message.template !== undefined) return [{ type: "template", ...message.template }];
  const besides = writtenOut(message.data);
  const choices = message.choices.length > 0 ? message.choices : besides.choices;
  const text = cited(message.text, message.sources, can.dialect);
  const words = [text, besides.text].filter((part) => part !== "").join("\n\n");
  const texts = renderParts(withChoices(words, choices, can), can);
  const parts: OutgoingContent[] = texts.map(({ text, plain }, at) => ({
    type: "text",
    text,
    plain,
    ...(at === texts.length - 1 && { buttons: buttonsOf(choices, can) }),
  }));
  const files: OutgoingContent[] = [];
  for (const id of message.attachments) {
    const file = await attachmentFile({ companyId, conversationId: message.conversationId }, id);
    const url = fileLink(companyId, id);
    const kind = kindOf(file.mediaType);
    if (can.media.kinds.includes(kind) && file.bytes.length <= can.media.maxBytes) {
      files.push({ type: "file", kind, name: file.name, mediaType: file.mediaType, bytes: file.bytes, url });
    } else files.push({ type: "text", text: `${file.name}: ${url}`, plain: `${file.name}: ${url}` });
  }
  return [...parts, ...files];
}

function buttonsOf(choices: string[], { buttons }: Channel["can"]) {
  if (buttons === undefined || choices.length === 0) return undefined;
  return choices
    .slice(0, buttons.max)
    .map((title) => ({ id: title, title: [...title].slice(0, buttons.titleLength).join("") }));
}

/** Where there are no buttons, or too few, what can be answered is written out. */
function withChoices(text: string, choices: string[], { buttons }: Channel["can"]): string {
  if (choices.length === 0 || (buttons !== undefined && choices.length <= buttons.max)) return text;
  return `${text}\n\n${choices.map((choice) => `- ${choice}`).join("\n")}`;
}

function kindOf(mediaType: string): "image" | "audio" | "video" | "document" {
  const [kind] = mediaType.split("/", 1);
  return kind === "image" || kind === "audio" || kind === "video" ? kind : "document";
}
