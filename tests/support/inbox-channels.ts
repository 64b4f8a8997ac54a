import type { PlatformName } from "#contracts/channel";
import type { Delivery, MessageView } from "#contracts/conversation";
import type { ChannelSituation, Template } from "#contracts/operator";
import { idOf } from "./inbox-ids.ts";

const hour = 60;
const all: ChannelSituation["media"] = ["image", "audio", "video", "document"];

const platforms: Record<
  PlatformName,
  Pick<ChannelSituation, "maxLength" | "media" | "buttons" | "buttonLength"> & { label: string }
> = {
  whatsapp: { label: "WhatsApp", maxLength: 4_096, media: all, buttons: 10, buttonLength: 20 },
  telegram: { label: "Telegram", maxLength: 4_096, media: all, buttons: 12, buttonLength: 64 },
  slack: { label: "Slack", maxLength: 3_000, media: all, buttons: 25, buttonLength: 75 },
  teams: { label: "Microsoft Teams", maxLength: 12_000, media: ["image"], buttons: 6, buttonLength: 50 },
  messenger: { label: "Messenger", maxLength: 2_000, media: all, buttons: 13, buttonLength: 20 },
  sms: { label: "SMS", maxLength: 160, media: [], buttons: 0, buttonLength: 0 },
  custom: { label: "Custom webhook", maxLength: 20_000, media: all, buttons: 0, buttonLength: 0 },
};

/** What WhatsApp has approved for the made-up company. */
export const templates: Template[] = [
  ["order_delivered", "en_US", "Your parcel was delivered today. Reply here if it is not with you."],
  [
    "order_update",
    "en_US",
    "Order update\n\nHi {{1}}, your order {{2}} is on its way.\nIt should be with you on {{3}}.\n\nNorthwind support",
  ],
  ["order_update", "he", "שלום {{1}}, ההזמנה {{2}} בדרך אליך ותגיע ביום {{3}}."],
  ["still_there", "en", "Hello {{1}}, are you still there? We would like to help."],
  [
    "table_reservation_confirmation_with_a_very_long_name_for_the_lucky_shrub_eatery",
    "pt_BR",
    "Mesa para {{number_of_guests}} em {{day}}, {{number_of_guests}} lugares.",
  ],
].map(([name = "", language = "", body = ""]) => ({
  name,
  language,
  body,
  values: new Set(body.match(/\{\{\w+\}\}/g)).size,
}));

type Place = { channel: PlatformName; more?: Partial<ChannelSituation>; minutesLeft?: number };

/** Conversations of Maya's, each in another situation of its platform. */
export const onPlatform = {
  open: 10,
  templateOnly: 22,
  windowOver: 34,
  blocked: 46,
  paused: 58,
};

const places: Record<number, Place> = {
  [onPlatform.open]: { channel: "whatsapp", minutesLeft: 3 * hour + 12 },
  [onPlatform.templateOnly]: { channel: "whatsapp", minutesLeft: -20 },
  [onPlatform.windowOver]: { channel: "messenger", minutesLeft: -3 * hour },
  [onPlatform.blocked]: { channel: "telegram", more: { blocked: true } },
  [onPlatform.paused]: { channel: "sms" },
  2: { channel: "whatsapp", minutesLeft: hour + 4 },
  3: { channel: "telegram" },
  4: { channel: "messenger", minutesLeft: 148 * hour },
  7: { channel: "slack" },
  8: { channel: "teams" },
  9: { channel: "custom" },
  11: { channel: "sms" },
};

/** Where a conversation is held, by its place in the made-up company, counted from 1. */
export function placeOf(
  number: number,
  now: number,
): { channel: "web" | PlatformName; situation?: ChannelSituation } {
  const place = places[number];
  if (place === undefined) return { channel: "web" };
  const { channel, more, minutesLeft } = place;
  const state = number === onPlatform.paused ? "paused" : "active";
  const situation: ChannelSituation = {
    ...platforms[channel],
    connection: { id: idOf(3_000 + number), name: "Northwind support", state },
    template: channel === "whatsapp",
    blocked: false,
    ...more,
  };
  if (minutesLeft !== undefined)
    situation.replyUntil = new Date(now + minutesLeft * 60_000 + 20_000).toISOString();
  return { channel, situation };
}

const told: Record<number, [Omit<Delivery, "at">, Omit<Delivery, "at">]> = {
  [onPlatform.open]: [
    { state: "read" },
    { state: "failed", words: "WhatsApp did not take this file: it is larger than 16 MB." },
  ],
  [onPlatform.templateOnly]: [
    { state: "unknown", words: "WhatsApp did not answer in time." },
    { state: "waiting", words: "WhatsApp is busy." },
  ],
  [onPlatform.windowOver]: [{ state: "delivered" }, { state: "sent" }],
  [onPlatform.blocked]: [{ state: "sent" }, { state: "failed", words: "The customer has blocked this bot." }],
  [onPlatform.paused]: [{ state: "delivered" }, { state: "sending" }],
};

/** What the platform told of each message of ours; the last two an operator wrote differ from place to place. */
export function withDeliveries(messages: MessageView[], number: number): MessageView[] {
  const ours = messages.filter(({ author, audience }) => author.kind === "operator" && audience === "all");
  return messages.map((message) => {
    if (message.author.kind === "customer" || message.audience === "operators") return message;
    const special = told[number]?.[ours.indexOf(message)];
    return { ...message, delivery: { state: "delivered", ...special, at: message.createdAt } };
  });
}
