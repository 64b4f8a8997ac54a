import { asWireError } from "#client/wire-error";
import { Button } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

type NothingProps = { q: string; pending: boolean; error: Error | null; retry: () => void };

/** What stands where nothing was found: what can be looked for, what is awaited, or what went wrong. */
export function Nothing({ q, pending, error, retry }: NothingProps) {
  if (q === "") {
    return (
      <p className="px-6 py-12 text-center text-ink-3 text-sm">
        Words of a message, a name, or an e-mail address. The last word may be only begun.
      </p>
    );
  }
  if (error) {
    return (
      <div className="px-6 py-12 text-center text-ink-2 text-sm">
        {asWireError(error).message}{" "}
        <Button variant="link" onClick={retry}>
          Try again
        </Button>
      </div>
    );
  }
  if (pending) {
    return (
      <div className="flex flex-col gap-2 p-2">
        <Skeleton className="h-14" />
        <Skeleton className="h-14" />
        <Skeleton className="h-14" />
      </div>
    );
  }
  return <p className="px-6 py-12 text-center text-ink-3 text-sm">Nothing was found for “{q}”.</p>;
}

/** How many were found, for who hears it. */
export function spoken(q: string, busy: boolean, count: number, more: boolean): string {
  if (q === "" || busy) return "";
  if (count === 0) return "Nothing was found.";
  return `${count}${more ? " or more" : ""} found.`;
}
