// Builds the widget into public/widget: the loader under a fixed name, the frame's files named by their content.
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const standard = join(root, "public", "widget");

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  write: false,
  target: ["chrome123", "firefox121", "safari17.5"],
  tsconfig: join(root, "src/widget/tsconfig.json"),
  legalComments: "none",
  logLevel: "warning",
};

// marked ties its Lexer, which is wanted, to its HTML renderer, which is not, in the last lines of its one file:
// without them esbuild leaves the renderer out (5 kB). If a new release ends differently, the whole is taken.
const lexerOnly = {
  name: "lexer-only",
  setup(made) {
    made.onLoad({ filter: /[\\/]marked\.esm\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const [, lexer] = /(\w+) as Lexer\b/.exec(source) ?? [];
      const tail = source.search(/var \w+=new \w+;function \w+\(\w+,\w+\)\{return \w+\.parse\(/);
      if (lexer === undefined || tail === -1) return undefined;
      return { contents: `${source.slice(0, tail)}export{${lexer} as Lexer};`, loader: "js" };
    });
  },
};

/** Builds loader and frame, and tells each file's size as it travels. */
export async function buildWidget({ into = standard } = {}) {
  const [loader, frame] = await Promise.all([
    build({ ...common, entryPoints: ["src/widget/loader.ts"], format: "iife", outdir: into }),
    build({
      ...common,
      entryPoints: { frame: "src/widget/frame.tsx" },
      format: "esm",
      jsx: "automatic",
      jsxImportSource: "preact",
      plugins: [lexerOnly],
      outdir: into,
      entryNames: "[name]-[hash]",
      // What is not needed for the first words is fetched after them.
      splitting: true,
      chunkNames: "frame-[hash]",
      metafile: true,
    }),
  ]);
  const files = [...loader.outputFiles, ...frame.outputFiles].map(({ path, contents }) => ({
    name: basename(path),
    contents,
    gzip: gzipSync(contents, { level: 9 }).length,
  }));
  const manifest = manifestOf(frame.metafile.outputs);
  await mkdir(into, { recursive: true });
  for (const { name, contents } of files) await replace(join(into, name), contents);
  await replace(join(into, "manifest.json"), `${JSON.stringify(manifest)}\n`);
  const kept = new Set([...files.map(({ name }) => name), "manifest.json"]);
  for (const name of await readdir(into)) {
    if (!kept.has(name) && name.startsWith("frame-")) await rm(join(into, name), { force: true });
  }
  return { manifest, sizes: Object.fromEntries(files.map(({ name, gzip }) => [name, gzip])) };
}

/** The window's script, what it cannot begin without, its styles, and what it fetches later. */
function manifestOf(outputs) {
  const made = Object.entries(outputs);
  const [script, { cssBundle }] = made.find(([, { entryPoint }]) => entryPoint?.endsWith("frame.tsx"));
  const needed = new Set([script]);
  for (const path of needed) {
    for (const { path: other, kind } of outputs[path].imports) {
      if (kind === "import-statement") needed.add(other);
    }
  }
  needed.delete(script);
  const later = made.flatMap(([path]) =>
    path.endsWith(".js") && path !== script && !needed.has(path) ? [basename(path)] : [],
  );
  return {
    script: basename(script),
    parts: [...needed].map((path) => basename(path)),
    styles: basename(cssBundle),
    later,
  };
}

// A reader never meets a half-written file.
async function replace(path, contents) {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, contents);
  await rename(draft, path);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { sizes } = await buildWidget();
  const list = Object.entries(sizes).map(([name, size]) => `${name} ${(size / 1000).toFixed(1)} kB`);
  process.stdout.write(`widget built (gzip): ${list.join(", ")}\n`);
}
