import type { ConnectionView, PlatformCard } from "#contracts/connections";

type Health = ConnectionView["health"];

export const calm: Health = {
  rejections: [],
  waiting: 0,
  quarantined: 0,
  outgoing: { waiting: 0, failed: 0, unknown: 0 },
};

/** A connection that works; a test says what is otherwise. */
export function aConnection(other: Partial<ConnectionView> = {}): ConnectionView {
  return {
    id: "0190f3c2-0000-7000-8000-000000000001",
    name: "Main number",
    channel: "whatsapp",
    agent: { id: "0190f3c2-0000-7000-8000-000000000002", name: "Baton" },
    state: "active",
    account: "+49 30 555 0100",
    webhookUrl: "https://support.example/api/webhooks/a/b/whatsapp/c",
    settings: { phoneNumberId: "106" },
    secrets: { accessToken: { set: true, ending: "9fQz" } },
    createdAt: "2026-11-01T10:00:00.000Z",
    health: {
      ...calm,
      lastReceivedAt: "2026-11-25T10:00:00.000Z",
      lastSentAt: "2026-11-25T10:01:00.000Z",
    },
    ...other,
  };
}

/** A connection whose health is otherwise than calm. */
export function withHealth(health: Partial<Health>): ConnectionView {
  const connection = aConnection();
  return { ...connection, health: { ...connection.health, ...health } };
}

const field = { help: "", required: true };

export const whatsapp: PlatformCard = {
  name: "whatsapp",
  label: "WhatsApp",
  fields: [
    { ...field, name: "phoneNumberId", label: "Phone number ID", secret: false },
    { ...field, name: "accessToken", label: "Access token", secret: true },
    { ...field, name: "verifyToken", label: "Verify token", secret: true },
    { ...field, name: "note", label: "Note", secret: false, required: false },
  ],
  can: {
    media: [],
    buttons: true,
    typing: true,
    read: true,
    template: true,
    maxLength: 4_096,
    receipts: [],
    setup: true,
    sample: true,
  },
};
