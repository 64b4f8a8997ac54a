import { createParser } from "eventsource-parser";
import { closeDatabase, openDatabase } from "#lib/db";
import { closeIdentity } from "#services/accounts";
import { startAnswers } from "#services/chat";
import { startTicker } from "#services/notifications";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { type Door, type DoorName, openDoor } from "#support/doors";
import { routeModules } from "#support/routes";

export type Api = { door: Door; database: FreshDatabase; close(): Promise<void> };

/** Opens all routes over a fresh database, with the AI and the streams running as in a whole process. */
export async function openApi(name: DoorName): Promise<Api> {
  const database = await freshDatabase();
  openDatabase(database.url);
  const runner = startAnswers(undefined);
  const ticker = startTicker({ heartbeatSeconds: 15 });
  const door = await openDoor(name, await routeModules("chat", "agent"));
  return {
    door,
    database,
    async close() {
      await door.close();
      await runner.drain(500);
      ticker.stop();
      await closeIdentity();
      await closeDatabase();
      await database.drop();
    },
  };
}

export type Frame = { id: string | undefined; event: string; data: Record<string, unknown> };

/** Reads a stream with an independent parser, and waits for frames. */
export async function readStream(
  url: string,
  headers: Record<string, string> = {},
): Promise<{
  frames: Frame[];
  status: number;
  next(matches: (frame: Frame) => boolean, timeoutMs?: number): Promise<Frame>;
  close(): void;
}> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  let taken = 0;
  const parser = createParser({
    onEvent({ id, event, data }) {
      frames.push({ id, event: event ?? "message", data: JSON.parse(data) as Record<string, unknown> });
      for (const wake of waiting) wake();
    },
  });
  void pump(response, (text) => parser.feed(text));
  return {
    frames,
    status: response.status,
    async next(matches, timeoutMs = 5_000) {
      const until = Date.now() + timeoutMs;
      for (;;) {
        const index = frames.findIndex((frame, at) => at >= taken && matches(frame));
        const found = frames[index];
        if (found !== undefined) {
          taken = index + 1;
          return found;
        }
        const left = until - Date.now();
        if (left <= 0) {
          const seen = frames.map((frame) => frame.event).join(", ");
          throw new Error(`No such event came in time. Seen: ${seen}`);
        }
        await new Promise<void>((wake) => {
          waiting.add(wake);
          setTimeout(wake, Math.min(left, 100));
        });
      }
    },
    close: () => abort.abort(),
  };
}

async function pump(response: Response, feed: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) feed(decoder.decode(chunk, { stream: true }));
  } catch {
    // The test closed the stream.
  }
}
