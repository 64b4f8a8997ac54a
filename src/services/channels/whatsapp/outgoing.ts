import type { OutgoingFile, OutgoingTemplate, OutgoingText } from "#channels/channel";
import { DeliveryFailure, noAddress } from "#channels/failure";
import type { Thread } from "#contracts/channel";
import { kindOf } from "./upload.ts";

// Meta, "Interactive reply buttons messages" and "Interactive list messages".
const mostButtons = 3;
const mostBesideButtons = 1_024;
const mostCaption = 1_024;

/** Says to whom a message goes. */
export function recipient({ address }: Thread): Record<string, string> {
  if (address.group !== undefined) return { recipient_type: "group", to: address.group };
  if (address.to !== undefined) return { recipient_type: "individual", to: address.to };
  if (address.recipient !== undefined) return { recipient_type: "individual", recipient: address.recipient };
  throw noAddress("WhatsApp");
}

/** Writes words, with up to ten choices below them. */
export function textBody({ text, buttons = [] }: OutgoingText): object {
  if (buttons.length === 0) return { type: "text", text: { body: text } };
  const short = buttons.length <= mostButtons && text.length <= mostBesideButtons;
  return { type: "interactive", interactive: short ? replyButtons(text, buttons) : list(text, buttons) };
}

/** Writes a template with the values of its body (Meta, "Template messages"). */
export function templateBody({ name, language, values, names }: OutgoingTemplate): object {
  const parameters = values.map((text, at) => {
    const parameter_name = names?.[at];
    return { type: "text", ...(parameter_name !== undefined && { parameter_name }), text };
  });
  const components = values.length === 0 ? {} : { components: [{ type: "body", parameters }] };
  return { type: "template", template: { name, language: { code: language }, ...components } };
}

/** Throws `DeliveryFailure` where the words beside a file are longer than WhatsApp shows. */
export function mustFit({ caption = "" }: OutgoingFile): void {
  if (caption.length <= mostCaption) return;
  const words = "WhatsApp takes at most 1,024 characters beside a file: send the words on their own.";
  throw new DeliveryFailure("permanent", "caption_too_long", words);
}

/** Writes a file that was uploaded before. */
export function fileBody(file: OutgoingFile, mediaId: string): object {
  const kind = kindOf(file);
  const caption = file.caption === undefined ? {} : { caption: file.caption };
  const filename = kind === "document" ? { filename: file.name } : {};
  return { type: kind, [kind]: { id: mediaId, ...caption, ...filename } };
}

function replyButtons(text: string, buttons: NonNullable<OutgoingText["buttons"]>): object {
  return {
    type: "button",
    body: { text },
    action: { buttons: buttons.map(({ id, title }) => ({ type: "reply", reply: { id, title } })) },
  };
}

function list(text: string, buttons: NonNullable<OutgoingText["buttons"]>): object {
  const rows = buttons.map(({ id, title }) => ({ id, title }));
  return { type: "list", body: { text }, action: { button: "Choose", sections: [{ rows }] } };
}
