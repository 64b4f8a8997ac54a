import { jsonIn } from "#channels/json";
import { placeWords } from "#channels/place";
import { cut } from "#channels/words";
import type { ContentType, RemoteFile } from "#contracts/channel";
import type { Body, Media } from "./payload.ts";

/** What a message says: words to read, files to fetch, and details for who wants them. */
export type Content = {
  content: string;
  contentType: ContentType;
  attachments?: RemoteFile[];
  details?: Record<string, unknown>;
};

type Reader = (body: Body) => Content | undefined;

const readers: Record<string, Reader> = {
  text: ({ text }) => (text === undefined ? undefined : textual(text.body)),
  image: ({ image }) => filed("image", image),
  video: ({ video }) => filed("video", video),
  audio: ({ audio }) => filed("audio", audio, { voice: audio?.voice ?? false }),
  document: ({ document }) => filed("document", document),
  sticker: ({ sticker }) => filed("image", sticker, { sticker: true, animated: sticker?.animated ?? false }),
  location: ({ location }) =>
    location === undefined ? undefined : textual(placeWords(location), { location }),
  contacts: ({ contacts }) => (contacts === undefined ? undefined : textual(cards(contacts), { contacts })),
  button: ({ button }) =>
    button === undefined ? undefined : textual(button.text, { buttonId: button.payload }),
  interactive: answered,
  order: ordered,
  unsupported: ({ unsupported, errors }) =>
    textual("⚠️ A message of a kind that WhatsApp does not pass on.", {
      unsupported: unsupported?.type,
      code: errors?.[0]?.code,
    }),
};

/** Reads what a message says; undefined where it is of a kind that says nothing to us. */
export function contentOf(body: Body): Content | undefined {
  return readers[body.type]?.(body);
}

function textual(content: string, details?: Record<string, unknown>): Content {
  return { content, contentType: "text", details };
}

function filed(
  type: RemoteFile["type"],
  media: Media | undefined,
  details?: Record<string, unknown>,
): Content | undefined {
  if (media === undefined) return undefined;
  const file: RemoteFile = {
    type,
    name: media.filename,
    mediaType: media.mime_type?.slice(0, 255),
    locator: { mediaId: media.id, ...(media.sha256 !== undefined && { sha256: media.sha256 }) },
  };
  return { content: media.caption ?? "", contentType: type, attachments: [file], details };
}

function cards(contacts: NonNullable<Body["contacts"]>): string {
  return contacts
    .map(({ name, org, phones }) => {
      const numbers = phones.map(({ phone }) => phone);
      return `👤 ${[name?.formatted_name, org?.company, ...numbers].filter(Boolean).join(", ")}`;
    })
    .join("\n");
}

function answered({ interactive }: Body): Content | undefined {
  const choice = interactive?.button_reply ?? interactive?.list_reply;
  if (choice !== undefined) {
    return textual(choice.title, { buttonId: choice.id, description: choice.description });
  }
  const form = interactive?.nfm_reply;
  if (form === undefined) return undefined;
  const fields = Object.entries(Object(jsonIn(form.response_json ?? ""))).filter(
    ([name]) => name !== "flow_token",
  );
  const lines = fields.map(([name, value]) => `${name}: ${printed(value)}`);
  const content = cut([`📋 ${form.body ?? "Form"}`, ...lines].join("\n"), 20_000);
  return textual(content, { form: form.name });
}

function printed(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function ordered({ order }: Body): Content | undefined {
  if (order === undefined) return undefined;
  const lines = order.product_items.map(({ quantity, product_retailer_id, item_price, currency }) => {
    const price =
      item_price === undefined ? "" : ` (${[item_price, currency].filter(Boolean).join(" ")} each)`;
    return `${quantity} × ${product_retailer_id}${price}`;
  });
  return textual(["🛒 Order", ...lines, ...(order.text ? [order.text] : [])].join("\n"), { order });
}
