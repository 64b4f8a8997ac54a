import { existsSync } from "node:fs";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** How to start the browser that this machine has; Playwright downloads none. */
export const chromium = {
  executablePath: process.env.CHROMIUM_PATH ?? places.find((place) => existsSync(place)),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
};
