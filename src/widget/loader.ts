import { paintLauncher } from "./host/launcher.ts";
import { parseToPage, type ToFrame } from "./host/messages.ts";
import { css, inkOn, parseColor } from "./text/contrast.ts";

type UnreadListener = (count: number) => void;

/** What a page may do with the chat. */
type BatonChat = {
  open: () => void;
  close: () => void;
  shutdown: () => void;
  on: (event: "unread", listener: UnreadListener) => () => void;
};

declare global {
  interface Window {
    Baton?: BatonChat;
  }
}

const script =
  document.currentScript instanceof HTMLScriptElement
    ? document.currentScript
    : document.querySelector<HTMLScriptElement>("script[data-agent][src*='/widget/loader.js']");

if (script && window.Baton === undefined) {
  if (document.body) start(script);
  else addEventListener("DOMContentLoaded", () => start(script));
}

function start({ src, dataset }: HTMLScriptElement) {
  const { agent = "", color = "", side = "", theme = "" } = dataset;
  const origin = new URL(src).origin;
  const known = `baton:${agent}`;
  const { host, root, button, badge } = paintLauncher(side);
  const listeners = new Set<UnreadListener>();
  const narrow = matchMedia("(max-width: 479px), (max-height: 479px)");
  let frame: HTMLIFrameElement | undefined;
  let ready = false;
  let open = false;
  let unread = 0;
  let name = "";
  let hidden: HTMLElement[] = [];
  let overflow = "";

  function paint(value: string) {
    const parsed = parseColor(value);
    if (parsed === undefined) return;
    host.style.setProperty("--baton-color", css(parsed));
    host.style.setProperty("--baton-ink", css(inkOn(parsed)));
  }

  function label() {
    const what = open ? "Close chat" : "Open chat";
    button.setAttribute("aria-label", unread > 0 && !open ? `${what}, ${unread} unread` : what);
    button.setAttribute("aria-expanded", String(open));
    badge.hidden = unread === 0 || open;
    badge.textContent = unread > 9 ? "9+" : String(unread);
    const title = document.title.replace(/^\(\d+\) /, "");
    const counted = unread > 0 ? `(${unread}) ${title}` : title;
    if (document.title !== counted) document.title = counted;
  }

  function load() {
    if (frame !== undefined) return;
    frame = document.createElement("iframe");
    frame.className = "frame";
    frame.title = "Chat";
    frame.allow = "autoplay; clipboard-write";
    const look = theme === "" ? "" : `&theme=${encodeURIComponent(theme)}`;
    frame.src = `${origin}/widget/${encodeURIComponent(agent)}#host=${encodeURIComponent(location.origin)}${look}`;
    root.append(frame);
  }

  function say(word: ToFrame) {
    if (ready) frame?.contentWindow?.postMessage(word, origin);
  }

  function tell() {
    if (!open) return say({ baton: 1, type: "hide" });
    const { dir } =
      getComputedStyle(document.documentElement).direction === "rtl" ? { dir: "rtl" } : { dir: "ltr" };
    say({ baton: 1, type: "show", full: narrow.matches, dir, page: location.origin + location.pathname });
  }

  // A chat that fills the screen is modal: what lies behind it can be neither reached nor scrolled.
  function fence() {
    const modal = open && narrow.matches;
    root.classList.toggle("full", narrow.matches);
    if (modal && hidden.length === 0) {
      hidden = [...document.body.children].filter(
        (one): one is HTMLElement => one instanceof HTMLElement && one !== host && !one.inert,
      );
      for (const one of hidden) one.inert = true;
      overflow = document.documentElement.style.overflow;
      document.documentElement.style.overflow = "hidden";
    } else if (!modal && hidden.length > 0) {
      for (const one of hidden) one.inert = false;
      hidden = [];
      document.documentElement.style.overflow = overflow;
    }
  }

  function set(next: boolean, { focus = true } = {}) {
    if (next === open) return;
    open = next;
    if (open) load();
    root.classList.toggle("open", open);
    fence();
    tell();
    label();
    remember(sessionStorageOf(), `${known}:open`, open ? "1" : "0");
    if (!focus) return;
    if (open) frame?.focus();
    else button.focus({ preventScroll: true });
  }

  function hear({ source, origin: from, data }: MessageEvent) {
    if (frame === undefined || source !== frame.contentWindow || from !== origin) return;
    const word = parseToPage(data);
    if (word?.type === "close") set(false);
    if (word?.type === "unread") {
      unread = word.count;
      label();
      for (const listener of listeners) listener(unread);
    }
    if (word?.type === "ready") {
      ready = true;
      name = word.name;
      frame.title = `Chat with ${name}`;
      paint(word.color);
      remember(localStorageOf(), known, word.color);
      tell();
    }
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === "Escape" && open) set(false);
  }

  button.addEventListener("click", () => set(!open));
  // Intent is enough to fetch the frame, so that it is there at the click.
  button.addEventListener("pointerenter", load);
  button.addEventListener("focus", load);
  const refit = () => {
    fence();
    if (open) tell();
  };
  narrow.addEventListener("change", refit);
  addEventListener("message", hear);
  addEventListener("keydown", onKey);

  window.Baton = {
    open: () => set(true),
    close: () => set(false),
    shutdown() {
      set(false, { focus: false });
      say({ baton: 1, type: "shutdown" });
      removeEventListener("message", hear);
      removeEventListener("keydown", onKey);
      narrow.removeEventListener("change", refit);
      host.remove();
      delete window.Baton;
    },
    on(_, listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  const before = recall(localStorageOf(), known);
  paint(before ?? "");
  paint(color);
  document.body.append(host);
  label();
  root.classList.toggle("full", narrow.matches);
  // Who has talked here before is told of what came meanwhile.
  if (before !== undefined) setTimeout(load, 1_500);
  if (recall(sessionStorageOf(), `${known}:open`) === "1" && !narrow.matches) set(true, { focus: false });
}

function localStorageOf() {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

function sessionStorageOf() {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

function remember(storage: Storage | undefined, key: string, value: string) {
  try {
    storage?.setItem(key, value);
  } catch {
    // A page without storage forgets; nothing else is lost.
  }
}

function recall(storage: Storage | undefined, key: string): string | undefined {
  return storage?.getItem(key) ?? undefined;
}
