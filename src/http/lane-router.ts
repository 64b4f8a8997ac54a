import type { PathParts } from "./route-handler.ts";

/** A tree of path segments; a static segment is tried before a parameter, a parameter before a rest. */
export type Branch<T> = {
  leaf: T | undefined;
  named: Map<string, Branch<T>>;
  parameter: { name: string; branch: Branch<T> } | undefined;
  rest: { name: string; optional: boolean; leaf: T } | undefined;
};

/** What a path leads to, and the parts it names. */
export type Match<T> = { leaf: T; params: PathParts };

/** Makes an empty tree of routes. */
export function branch<T>(): Branch<T> {
  return { leaf: undefined, named: new Map(), parameter: undefined, rest: undefined };
}

/** Plants a route under its App Router path, such as `api/chat/[sessionId]/message`. Throws where two names contend. */
export function plant<T>(root: Branch<T>, path: string, leaf: T): void {
  let here = root;
  for (const segment of path.split("/").filter((part) => part !== "" && !/^\(.*\)$/.test(part))) {
    const rest = /^\[?\[\.\.\.(\w+)\]\]?$/.exec(segment);
    if (rest?.[1] !== undefined) {
      here.rest = { name: rest[1], optional: segment.startsWith("[["), leaf };
      return;
    }
    here = step(here, segment, path);
  }
  here.leaf = leaf;
}

/** Finds the route of a URL path, still percent-encoded; undefined where there is none. */
export function find<T>(root: Branch<T>, path: string): Match<T> | undefined {
  return descend(root, path.split("/"), 1, {});
}

function step<T>(here: Branch<T>, segment: string, path: string): Branch<T> {
  const parameter = /^\[(\w+)\]$/.exec(segment);
  if (parameter?.[1] !== undefined) {
    here.parameter ??= { name: parameter[1], branch: branch<T>() };
    if (here.parameter.name !== parameter[1]) throw new Error(`Two names for one part of the path: ${path}`);
    return here.parameter.branch;
  }
  const next = here.named.get(segment) ?? branch<T>();
  here.named.set(segment, next);
  return next;
}

function descend<T>(
  here: Branch<T>,
  segments: string[],
  at: number,
  params: PathParts,
): Match<T> | undefined {
  if (at === segments.length || (at === segments.length - 1 && segments[at] === "")) {
    if (here.leaf !== undefined) return { leaf: here.leaf, params };
    return here.rest?.optional ? { leaf: here.rest.leaf, params } : undefined;
  }
  const segment = segments[at] ?? "";
  const named = here.named.get(segment);
  const straight = named && descend(named, segments, at + 1, params);
  if (straight) return straight;
  const text = decoded(segment);
  if (here.parameter !== undefined && text !== undefined && text !== "") {
    const inner = descend(here.parameter.branch, segments, at + 1, {
      ...params,
      [here.parameter.name]: text,
    });
    if (inner) return inner;
  }
  return here.rest && { leaf: here.rest.leaf, params: { ...params, [here.rest.name]: restOf(segments, at) } };
}

function restOf(segments: string[], at: number): string[] {
  return segments
    .slice(at)
    .filter((part) => part !== "")
    .map((part) => decoded(part) ?? part);
}

function decoded(segment: string): string | undefined {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
