/** What happens again so soon after it rang is the same ring. */
const burst = 10_000;
/** For so long the window that went first keeps the others silent. */
const held = 3_000;
const lateness = 200;

/**
 * Runs `ring` in one of all windows that hear of the same thing: the one that says it goes first, else any; it answers
 * whether it rang. Where windows cannot agree, each rings.
 */
export function inOneWindow(name: string, { first }: { first: boolean }, ring: () => boolean): void {
  if (!("locks" in navigator)) {
    ring();
    return;
  }
  const claim = () =>
    navigator.locks.request(`baton.alert.${name}`, { ifAvailable: true }, async (lock) => {
      if (lock === null) return;
      const rang = ring();
      await new Promise((resolve) => setTimeout(resolve, rang ? burst : held));
    });
  if (first) void claim();
  else setTimeout(() => void claim(), lateness);
}
