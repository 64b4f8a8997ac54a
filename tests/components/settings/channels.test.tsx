import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ConnectionAlarms } from "#components/settings/channels/connection-alarms.tsx";
import { ConnectionList } from "#components/settings/channels/connection-list.tsx";
import { ConnectionTabs } from "#components/settings/channels/connection-tabs.tsx";
import { HealthPanel } from "#components/settings/channels/health-panel.tsx";
import { NoConnections } from "#components/settings/channels/no-connections.tsx";
import { TestResult } from "#components/settings/channels/test-result.tsx";
import { ChannelIcon, channelLabel } from "#components/ui/channel-icon.tsx";
import { ChannelName } from "#contracts/channel";
import { aConnection, withHealth } from "./sample.ts";

/** The words that a reader sees or hears, without the marks around them. */
const words = (node: React.ReactElement) =>
  renderToStaticMarkup(node)
    .replace(/<[^>]*>/g, " ")
    .replace(/&#x27;/g, "'")
    .replace(/\s+/g, " ");

const sick = withHealth({
  rejections: [{ reason: "signature", count: 3, lastAt: "2026-11-25T12:00:00.000Z" }],
  quarantined: 2,
  outgoing: { waiting: 0, failed: 1, unknown: 1 },
  lastError: { words: "The token is no longer good.", at: "2026-11-25T12:00:00.000Z" },
});

describe("the channel's picture", () => {
  it("is there for every channel, says nothing itself, and has a name to stand beside", () => {
    for (const channel of ChannelName.options) {
      const html = renderToStaticMarkup(<ChannelIcon channel={channel} />);
      expect(html).toContain("<svg");
      expect(html).toContain('aria-hidden="true"');
      expect(channelLabel(channel)).not.toBe("");
    }
  });
});

describe("the list of connections", () => {
  it("shows a wrongly pasted secret and the last error at once", () => {
    const seen = words(<ConnectionList connections={[sick]} />);
    expect(seen).toContain("Needs attention");
    expect(seen).toContain("Bad signature: 3 refused");
    expect(seen).toContain("2 in quarantine");
    expect(seen).toContain("Last error: The token is no longer good.");
  });

  it("leads to each connection", () => {
    const html = renderToStaticMarkup(<ConnectionList connections={[aConnection()]} />);
    expect(html).toContain(`href="/settings/channels/${aConnection().id}"`);
  });

  it("offers to connect one only to those who may", () => {
    expect(words(<NoConnections mayEdit />)).toContain("Connect a channel");
    expect(words(<NoConnections mayEdit={false} />)).toContain("An owner or an admin can connect one.");
  });
});

describe("a connection's health", () => {
  it("counts refused deliveries, and hints at the reason", () => {
    expect(words(<HealthPanel connection={sick} />)).toContain(
      "Bad signature, 3 in the last 7 days: the app secret here is probably not the one of your Meta app.",
    );
  });

  it("leads from what went wrong to the place that lists it", () => {
    const html = renderToStaticMarkup(<HealthPanel connection={sick} />);
    expect(html).toContain("?tab=quarantine");
    expect(html).toContain("?tab=undelivered");
    expect(renderToStaticMarkup(<HealthPanel connection={aConnection()} />)).not.toContain("?tab=");
  });

  it("raises the alarm when messages stop coming, on every part of the page", () => {
    const silent = withHealth({ silentSince: "2026-11-25T10:00:00.000Z" });
    expect(words(<ConnectionAlarms connection={silent} />)).toContain("Unusually quiet.");
    expect(words(<ConnectionAlarms connection={aConnection()} />)).toBe("");
  });

  it("counts what waits for a decision on its tabs", () => {
    const seen = words(<ConnectionTabs connection={sick} current="health" />);
    expect(seen).toContain("Quarantine 2");
    expect(seen).toContain("Undelivered 2");
  });
});

describe("a test delivery", () => {
  const steps = [
    { name: "Signature", ok: true, words: "It is signed as it has to be.", ms: 0.4 },
    { name: "Answer", ok: true, words: "The assistant has an answer.", ms: 1_200 },
  ];

  it("shows each step, what was read, the answer and the whole time", () => {
    const message = { sender: "Test customer", text: "Hello" };
    const seen = words(<TestResult report={{ steps, message, reply: "*Hi*" }} label="WhatsApp" />);
    expect(seen).toContain("The test went through");
    expect(seen).toContain("Round trip 1.2 s");
    expect(seen).toContain("Good: Signature");
    expect(seen).toContain("Read as: Test customer Hello");
    expect(seen).toContain("*Hi*");
  });

  it("says in words, not by colour alone, where it got stuck", () => {
    const failed = { name: "Signature", ok: false, words: "It was refused: signature.", ms: 1 };
    const seen = words(<TestResult report={{ steps: [failed] }} label="WhatsApp" />);
    expect(seen).toContain("The test got stuck");
    expect(seen).toContain("Not good: Signature It was refused: signature.");
  });

  it("shows what a customer wrote as text, never as markup", () => {
    const message = { sender: "<b>x</b>", text: "<img src=x onerror=alert(1)>" };
    expect(renderToStaticMarkup(<TestResult report={{ steps, message }} label="WhatsApp" />)).not.toContain(
      "<img",
    );
  });
});
