import { existsSync } from "node:fs";

// Chromium without a window, where it is there: the same engine, quicker to start and to draw.
const windowless = "/usr/bin/chromium-headless-shell";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const whole = process.env.CHROMIUM_PATH ?? places.find((place) => existsSync(place));

/** How to start the whole browser that this machine has; Playwright downloads none. */
export const wholeChromium = { executablePath: whole, args };

/** How to start the browser for what needs neither notifications nor push, which only the whole one has. */
export const chromium = { executablePath: existsSync(windowless) ? windowless : whole, args };
