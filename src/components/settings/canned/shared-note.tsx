/** Says why some of what is kept cannot be changed by who looks at it; nothing where all can. */
export function SharedNote({ kept }: { kept: readonly { mayChange: boolean }[] }) {
  if (kept.every(({ mayChange }) => mayChange)) return undefined;
  return (
    <p className="mt-3 text-ink-3 text-xs">
      What colleagues have shared is changed by whoever made it, and by admins. You can make your own.
    </p>
  );
}
