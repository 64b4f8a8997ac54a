export { pick, seeded } from "#lib/seeded";

/** The seed of this run: another each time, or the one in `SEED`, to see a failure again. */
export function newSeed(): number {
  return Number(process.env.SEED ?? Math.floor(Math.random() * 4_294_967_296));
}
