import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

/** Tells in SQL what would make this database what prisma/schema.prisma says. */
export async function schemaDiff(url: string): Promise<string> {
  await loadEngine();
  const content = readFileSync("prisma/schema.prisma", "utf8");
  const files = [{ path: "schema.prisma", content }];
  const options = { datamodels: [["schema.prisma", content]] as [string, string][] };
  const adapter = bindMigrationAwareSqlAdapterFactory(adapterThatKnowsChar(url));
  const prisma = await engine.SchemaEngine.new(options, () => {}, adapter);
  const { stdout } = await prisma.diff({
    from: { tag: "schemaDatasource", files, configDir: process.cwd() },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout ?? "";
}

// The engine asks the catalogues for columns of Postgres's internal type "char" (18), of which the adapter has not heard.
function adapterThatKnowsChar(url: string): PrismaPg {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const ask = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryArrayResult>;
  let chars = new Set<string>();
  const query = async (...args: unknown[]) => {
    const result = await ask(...args);
    const found = result.fields.filter(({ dataTypeID }) => dataTypeID === 18);
    chars = new Set(found.map(({ name }) => name));
    for (const field of found) field.dataTypeID = 25;
    return result;
  };
  const factory = new PrismaPg(Object.assign(pool, { query }));
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (asked) => {
      const result = await queryRaw(asked);
      const columnTypes = result.columnTypes.map((type, index) =>
        chars.has(result.columnNames[index] ?? "") ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return adapter;
  };
  return factory;
}

let loaded = false;

// The package imports its wasm file like a module, which Node does only behind a flag.
async function loadEngine(): Promise<void> {
  if (loaded) return;
  const folder = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const bytes = readFileSync(join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...engine } });
  const { __wbg_set_wasm: set } = engine as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  set(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  // Where the engine leaves its last words when it panics.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => process.stderr.write(text) },
  });
  loaded = true;
}
