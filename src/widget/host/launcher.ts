const sheet = `
:host { all: initial; }
.launcher, .frame { position: fixed; z-index: 2147483000; }
.launcher {
  inset-block-end: calc(20px + env(safe-area-inset-bottom)); inset-inline-end: calc(20px + env(safe-area-inset-right));
  inline-size: 56px; block-size: 56px; padding: 0; border: 0; border-radius: 50%; cursor: pointer;
  display: grid; place-items: center;
  background: var(--baton-color, #1d2430); color: var(--baton-ink, #fff);
  box-shadow: 0 1px 2px rgb(0 0 0 / .16), 0 6px 20px rgb(0 0 0 / .18);
  transition: transform .16s ease, box-shadow .16s ease; -webkit-tap-highlight-color: transparent;
}
.start .launcher { inset-inline: calc(20px + env(safe-area-inset-left)) auto; }
.launcher:hover { transform: translateY(-1px) scale(1.03); box-shadow: 0 2px 4px rgb(0 0 0 / .16), 0 10px 28px rgb(0 0 0 / .22); }
.launcher:active { transform: scale(.97); }
.launcher:focus-visible { outline: 3px solid var(--baton-color, #1d2430); outline-offset: 3px; }
.launcher svg { grid-area: 1 / 1; inline-size: 26px; block-size: 26px; fill: none; stroke: currentColor; stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; transition: transform .2s ease, opacity .16s ease; }
.launcher .down { opacity: 0; transform: rotate(-60deg) scale(.7); }
.open .launcher .down { opacity: 1; transform: none; }
.open .launcher .talk { opacity: 0; transform: rotate(40deg) scale(.7); }
.badge {
  position: absolute; inset-block-start: -3px; inset-inline-end: -3px; min-inline-size: 20px; block-size: 20px; box-sizing: border-box;
  padding: 0 6px; border-radius: 10px; background: #d92d20; color: #fff; border: 2px solid #fff;
  font: 600 11px/16px system-ui, sans-serif; text-align: center;
}
.badge[hidden] { display: none; }
.frame {
  inset-block-end: calc(88px + env(safe-area-inset-bottom)); inset-inline-end: calc(20px + env(safe-area-inset-right));
  inline-size: 400px; block-size: min(704px, calc(100dvh - 108px)); border: 0; border-radius: 18px; background: none;
  box-shadow: 0 0 0 1px rgb(15 20 30 / .07), 0 4px 12px rgb(15 20 30 / .08), 0 24px 64px rgb(15 20 30 / .2);
  transform-origin: 100% 100%; transition: opacity .16s ease, transform .2s cubic-bezier(.2, .8, .3, 1), visibility 0s;
}
.start .frame { inset-inline: calc(20px + env(safe-area-inset-left)) auto; transform-origin: 0 100%; }
.root:not(.open) .frame { opacity: 0; visibility: hidden; transform: translateY(8px) scale(.98); transition-delay: 0s, 0s, .2s; pointer-events: none; }
.full.open .frame { inset: 0; inline-size: 100%; block-size: 100dvh; border-radius: 0; box-shadow: none; }
.full.open .launcher { display: none; }
@media (prefers-color-scheme: dark) { .badge { border-color: #15171b; } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media (forced-colors: active) { .launcher { border: 2px solid ButtonText; } .frame { border: 1px solid CanvasText; } }
@media print { .root { display: none; } }
`;

const paths = {
  talk: "M12 3.5c5 0 9 3.4 9 7.7s-4 7.7-9 7.7c-1 0-2-.15-2.9-.4L4.6 20.5l.9-3.7C4 15.4 3 13.4 3 11.2c0-4.3 4-7.7 9-7.7ZM8.5 11.3h.01M12 11.3h.01M15.5 11.3h.01",
  down: "M6 9.5l6 6 6-6",
};

/** Paints the launcher in a shadow root of its own: the page's styles end at it, and its own stay in it. */
export function paintLauncher(side: string) {
  const host = document.createElement("baton-chat");
  const shadow = host.attachShadow({ mode: "open" });
  // A constructed sheet is no inline style: the page's Content-Security-Policy needs no word for it.
  const styles = new CSSStyleSheet();
  styles.replaceSync(sheet);
  shadow.adoptedStyleSheets = [styles];
  const root = document.createElement("div");
  root.className = side === "start" ? "root start" : "root";
  const button = document.createElement("button");
  button.className = "launcher";
  button.type = "button";
  button.append(icon("talk"), icon("down"));
  const badge = document.createElement("span");
  badge.className = "badge";
  badge.hidden = true;
  badge.ariaHidden = "true";
  button.append(badge);
  root.append(button);
  shadow.append(root);
  return { host, root, button, badge };
}

function icon(name: keyof typeof paths) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add(name);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}
