import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Id } from "#contracts/primitives";
import { agentFrame } from "#services/chat";
import { type FrameAssets, framePage, noFrame } from "./frame-page.ts";

const Manifest = z.object({ script: z.string(), parts: z.array(z.string()), styles: z.string() });

export const dynamic = "force-dynamic";

/** The window of an agent's chat, for the origins that the agent allows. */
export async function GET(_request: Request, { params }: { params: Promise<{ agentId: string }> }) {
  const agentId = Id.safeParse((await params).agentId);
  if (!agentId.success) return noFrame();
  const frame = await agentFrame(agentId.data);
  if (frame === undefined) return noFrame();
  return framePage({ agentId: agentId.data, ...frame }, await builtAssets());
}

async function builtAssets(): Promise<FrameAssets> {
  const manifest = await readFile(join(process.cwd(), "public/widget/manifest.json"), "utf8");
  return Manifest.parse(JSON.parse(manifest));
}
