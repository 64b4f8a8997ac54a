import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import tailwind from "@tailwindcss/postcss";
import { build, type Plugin } from "esbuild";
import postcss from "postcss";

const root = join(import.meta.dirname, "..", "..");

/** Next's address bar as the browser's own, so that the inbox runs on any static page. */
const nextShim: Plugin = {
  name: "next-shim",
  setup(on) {
    on.onResolve({ filter: /^next\/(navigation|link)$/ }, ({ path }) => ({ path, namespace: "next-shim" }));
    on.onLoad({ filter: /navigation/, namespace: "next-shim" }, () => ({
      contents: navigation,
      resolveDir: root,
    }));
    on.onLoad({ filter: /link/, namespace: "next-shim" }, () => ({
      contents: link,
      resolveDir: root,
      loader: "jsx",
    }));
  },
};

/** Left out, as Next leaves them out: what zod says in fifty languages is a quarter of the inbox. */
const zodLocales: Plugin = {
  name: "zod-locales",
  setup(on) {
    on.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: "export {};" }));
  },
};

const navigation = `
  import { useSyncExternalStore, useMemo } from "react";
  const push = history.pushState.bind(history);
  history.pushState = (...given) => { push(...given); dispatchEvent(new Event("moved")); };
  const subscribe = (tell) => { addEventListener("moved", tell); addEventListener("popstate", tell);
    return () => { removeEventListener("moved", tell); removeEventListener("popstate", tell); }; };
  export const useRouter = () => useMemo(() => ({ push, refresh: () => dispatchEvent(new Event("refresh")) }), []);
  export const usePathname = () => useSyncExternalStore(subscribe, () => location.pathname);
  export const useSearchParams = () => { const search = useSyncExternalStore(subscribe, () => location.search);
    return useMemo(() => new URLSearchParams(search), [search]); };`;
const link = `export default function Link(props) { return <a {...props} />; }`;

/** Pages of operators that browser tests open without the whole program; the names of files beside this one. */
const pages = [
  "inbox-page",
  "alerts-page",
  "desk-settings-page",
  "quality-page",
  "analytics-page",
  "practice-page",
] as const;

export type PageName = (typeof pages)[number];
type Bundle = { script: string; style: string };

/** Where the bundles of a run of browser tests lie; told to the workers by their environment. */
const place = "BATON_TEST_BUNDLES";

/** An operators' page with its look, as two texts that any server can hand out. */
export async function bundledPage(page: PageName = "inbox-page"): Promise<Bundle> {
  const folder = process.env[place];
  if (folder === undefined) throw new Error("The pages are bundled by the set-up of the browser tests.");
  const [script, style] = await Promise.all(
    [`${page}.js`, "style.css"].map((name) => readFile(join(folder, name), "utf8")),
  );
  return { script: script ?? "", style: style ?? "" };
}

/** Bundles every page once for all workers, as small as browsers get them. */
export async function bundlePages(folder: string): Promise<void> {
  process.env[place] = folder;
  const from = join(root, "src/app/globals.css");
  const [styled] = await Promise.all([
    postcss([tailwind({ base: root })]).process(await readFile(from, "utf8"), { from }),
    build({
      entryPoints: pages.map((page) => join(root, "tests/support", `${page}.tsx`)),
      outdir: folder,
      bundle: true,
      minify: true,
      format: "esm",
      jsx: "automatic",
      plugins: [nextShim, zodLocales],
      define: { "process.env.NODE_ENV": '"production"' },
    }),
  ]);
  await writeFile(join(folder, "style.css"), styled.css);
}
