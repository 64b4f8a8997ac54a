/** Proves the shape of something that came from outside. */
export type Guard<T> = (value: unknown) => value is T;

/** What a guard proves. */
export type Proven<G> = G extends Guard<infer T> ? T : never;

export const text: Guard<string> = (value): value is string => typeof value === "string";
export const flag: Guard<boolean> = (value): value is boolean => typeof value === "boolean";
export const number: Guard<number> = (value): value is number =>
  typeof value === "number" && Number.isFinite(value);

/** One of a few words. */
export function oneOf<const T extends string>(...words: T[]): Guard<T> {
  const known: readonly unknown[] = words;
  return (value): value is T => known.includes(value);
}

/** A list in which everything has the same shape. */
export function list<T>(item: Guard<T>): Guard<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(item);
}

type Shape = Record<string, Guard<unknown>>;
type Required<S extends Shape> = { [K in keyof S]: Proven<S[K]> };
type Optional<S extends Shape> = { [K in keyof S]?: Proven<S[K]> };

/** A record with these parts, and perhaps those; parts nobody knows yet do no harm. */
export function shape<R extends Shape, O extends Shape = Record<never, never>>(
  required: R,
  optional?: O,
): Guard<Required<R> & Optional<O>> {
  const must = Object.entries(required);
  const may = Object.entries(optional ?? {});
  return (value): value is Required<R> & Optional<O> => {
    if (typeof value !== "object" || value === null) return false;
    const record = value as Record<string, unknown>;
    return (
      must.every(([name, guard]) => guard(record[name])) &&
      may.every(([name, guard]) => record[name] === undefined || guard(record[name]))
    );
  };
}
