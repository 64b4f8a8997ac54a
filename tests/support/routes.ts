import { readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** Loads the real route files under these folders of `src/app/api`, by their App Router paths. */
export async function routeModules(...folders: string[]): Promise<Record<string, Record<string, unknown>>> {
  const root = resolve("src/app");
  const modules: Record<string, Record<string, unknown>> = {};
  for (const folder of folders) {
    const base = join(root, "api", folder);
    const files = readdirSync(base, { recursive: true, encoding: "utf8" }).filter((file) =>
      /(^|\/)route\.ts$/.test(file),
    );
    for (const file of files) {
      const path = relative(root, dirname(join(base, file)));
      modules[path] = await import(/* @vite-ignore */ join(base, file));
    }
  }
  return modules;
}
