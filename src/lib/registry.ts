const key = Symbol.for("baton.registry");

type Registry = Map<string, unknown>;

/**
 * Makes one instance a process of whatever must be shared by both module graphs (the fast lane's and Next's),
 * and returns the same instance ever after.
 */
export function once<T>(name: string, make: () => T): T {
  const instances = registry();
  if (!instances.has(name)) instances.set(name, make());
  return instances.get(name) as T;
}

/** Forgets an instance, so that the next `once` makes it anew; for shutting down and for tests. */
export function forget(name: string): void {
  registry().delete(name);
}

function registry(): Registry {
  const scope = globalThis as { [key]?: Registry };
  scope[key] ??= new Map();
  return scope[key];
}
