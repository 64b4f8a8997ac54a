import { signal } from "@preact/signals";
import type { ComponentProps, ComponentType } from "preact";

type Parts = typeof import("./more.ts");

const parts = signal<Parts>();
let fetching = false;

/** Fetches the parts that are not needed for the first words; when they cannot be fetched, they are tried again with the next need. */
export function fetchParts() {
  if (fetching || parts.value !== undefined) return;
  fetching = true;
  import("./more.ts")
    .then((fetched) => {
      parts.value = fetched;
    })
    .catch(() => undefined)
    .finally(() => {
      fetching = false;
    });
}

/** A part that is drawn as soon as it is there. */
export function Later<Name extends keyof Parts>({
  part,
  ...props
}: { part: Name } & ComponentProps<Parts[Name]>) {
  if (parts.value === undefined) {
    fetchParts();
    return null;
  }
  const Part = parts.value[part] as ComponentType<object>;
  return <Part {...props} />;
}
