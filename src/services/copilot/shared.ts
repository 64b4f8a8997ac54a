import type { SuggestionEvent } from "#contracts/copilot";
import { once } from "#lib/registry";
import { Telling } from "./telling.ts";

/** Makes suggestions, telling each piece; tells its own failure instead of throwing it. */
export type Making = (tell: (event: SuggestionEvent) => void, signal: AbortSignal) => Promise<void>;

type Shared = { telling: Telling<SuggestionEvent>; abort: AbortController; listeners: number };

/**
 * Listens to suggestions that are made once for all in this process who ask under the same key at the same time. The
 * making begins with the first of them and is called off when the last has left.
 */
export async function* sharedMaking(
  key: string,
  make: Making,
  signal: AbortSignal,
): AsyncGenerator<SuggestionEvent> {
  const all = once("copilot.makings", () => new Map<string, Shared>());
  const joined = all.get(key) ?? begin(all, key, make);
  joined.listeners += 1;
  try {
    yield* joined.telling.listen(signal);
  } finally {
    joined.listeners -= 1;
    if (joined.listeners === 0) {
      // Whoever comes now begins anew: nothing more comes of this one.
      if (all.get(key) === joined) all.delete(key);
      joined.abort.abort();
    }
  }
}

function begin(all: Map<string, Shared>, key: string, make: Making): Shared {
  const made: Shared = { telling: new Telling(), abort: new AbortController(), listeners: 0 };
  all.set(key, made);
  void make((event) => made.telling.tell(event), made.abort.signal).finally(() => {
    if (all.get(key) === made) all.delete(key);
    made.telling.end();
  });
  return made;
}
