import { effect, signal } from "@preact/signals";
import { render } from "preact";
import { list, shape, text } from "#client/guard";
import { isCard } from "#client/shapes";
import { armSound } from "./chat/sound.ts";
import { tabStorage } from "./chat/storage.ts";
import { createChat } from "./chat/store.ts";
import { createBridge } from "./host/bridge.ts";
import { fetchParts } from "./later.tsx";
import { Panel } from "./panel.tsx";
import { contrast, css, inkOn, legible, parseColor, type Rgb } from "./text/contrast.ts";
import "./styles/frame.css";

const isConfig = shape({ agentId: text, card: isCard, allowedOrigins: list(text) });

const lightSurface: Rgb = [255, 255, 255];
const darkSurface: Rgb = [23, 25, 30];

function begin() {
  const given: unknown = JSON.parse(document.getElementById("baton-config")?.textContent ?? "null");
  const home = document.getElementById("baton");
  if (!isConfig(given) || home === null) return;
  const hash = new URLSearchParams(location.hash.slice(1));
  const bridge = createBridge(hash.get("host") ?? undefined, given.allowedOrigins);
  const resume = (bridge.alone && hash.get("resume")) || undefined;
  // What opens the chat stays neither in the address bar nor in the history.
  if (resume) history.replaceState(null, "", location.pathname);
  const keep = bridge.alone ? tabStorage(given.agentId, resume) : undefined;
  const chat = createChat(given, { keep, resume });
  const full = signal(false);
  const root = document.documentElement;
  const theme = hash.get("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  effect(() => paint(chat.card.value.color));
  effect(() => bridge.say({ baton: 1, type: "unread", count: chat.unread.value }));
  effect(() => {
    document.title = `Chat with ${chat.card.value.name}`;
  });

  bridge.listen((word) => {
    if (word.type === "show") {
      full.value = word.full;
      root.dir = word.dir;
      chat.setPage(word.page);
      chat.visible.value = true;
      chat.open();
    }
    if (word.type === "hide") chat.visible.value = false;
    if (word.type === "shutdown") chat.close();
  });
  if (bridge.alone) {
    chat.visible.value = true;
    chat.open();
  } else if (chat.known()) chat.open();

  document.addEventListener("visibilitychange", () => {
    chat.front.value = !document.hidden;
    if (!document.hidden) chat.retry();
  });
  addEventListener("online", () => chat.retry());
  addEventListener("pointerdown", armSound, { once: true });
  addEventListener("keydown", armSound, { once: true });

  const close = () => {
    chat.visible.value = false;
    bridge.say({ baton: 1, type: "close" });
  };
  render(<Panel chat={chat} full={full} onClose={bridge.alone ? undefined : close} />, home);
  // The first words come first.
  setTimeout(fetchParts, 2_000);
  bridge.say({ baton: 1, type: "ready", color: chat.card.value.color, name: chat.card.value.name });
}

/** Dresses the window in the company's colour, in shades that can be read on light and on dark. */
function paint(color: string) {
  const brand = parseColor(color) ?? ([29, 36, 48] as const);
  const { style } = document.documentElement;
  style.setProperty("--brand", css(brand));
  style.setProperty("--on-brand", css(inkOn(brand)));
  style.setProperty("--brand-on-light", css(legible(brand, lightSurface)));
  style.setProperty("--brand-on-dark", css(legible(brand, darkSurface, 6)));
  // A brand as dark as the dark surface would make its bubbles sink into it.
  const fill = contrast(brand, darkSurface) < 1.6 ? legible(brand, darkSurface, 2) : brand;
  style.setProperty("--brand-fill-dark", css(fill));
  style.setProperty("--on-brand-dark", css(inkOn(fill)));
}

begin();
