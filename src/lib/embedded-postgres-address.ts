import { join } from "node:path";

type Place = { port: number; root: string };

/** The address of a database of the cluster in `root`: by the socket where there is one: a round trip over it costs less than over TCP. */
export function address(user: string, password: string, { port, root }: Place, database: string): string {
  const socket = socketFolder(root);
  const host = socket === undefined ? "" : `?host=${encodeURIComponent(socket)}`;
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}${host}`;
}

/** The folder of the cluster's socket; none where its path would be longer than the kernel takes (unix(7): 108 bytes, 104 on a Mac). */
export function socketFolder(root: string): string | undefined {
  return Buffer.byteLength(join(root, ".s.PGSQL.65535")) < 104 ? root : undefined;
}

/** A path as an entry of a list setting: a comma or a space in it is part of the path. */
export function quoted(path: string | undefined): string {
  return path === undefined ? "" : `"${path.replaceAll('"', '""')}"`;
}
