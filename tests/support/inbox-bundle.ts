import { readFile } from "node:fs/promises";
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

type Bundle = { script: string; style: string };

const bundles = new Map<string, Promise<Bundle>>();

/** The inbox, or another page of operators, with its look, as two texts that any server can hand out; made once a process. */
export function bundleInbox(page = "inbox-page"): Promise<Bundle> {
  const known = bundles.get(page) ?? bundle(page);
  bundles.set(page, known);
  return known;
}

async function bundle(page: string): Promise<Bundle> {
  const built = await build({
    entryPoints: [join(root, "tests/support", `${page}.tsx`)],
    bundle: true,
    write: false,
    format: "esm",
    jsx: "automatic",
    plugins: [nextShim],
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const from = join(root, "src/app/globals.css");
  const styled = await postcss([tailwind({ base: root })]).process(await readFile(from, "utf8"), { from });
  return { script: built.outputFiles[0]?.text ?? "", style: styled.css };
}
