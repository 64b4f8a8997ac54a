import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundlePages } from "./inbox-bundle.ts";

/** Makes what all browser tests share, before the first of them; gives what removes it after the last. */
export default async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "baton-bundles-"));
  const script = new URL("../../scripts/build-widget.mjs", import.meta.url).href;
  await (await import(script)).buildWidget();
  await bundlePages(folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
