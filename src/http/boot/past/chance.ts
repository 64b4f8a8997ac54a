/** The chances of a made-up past, all from one seed. */
export class Chance {
  readonly random: () => number;

  constructor(random: () => number) {
    this.random = random;
  }

  /** Says yes so often. */
  of(share: number): boolean {
    return this.random() < share;
  }

  /** A number between two. */
  between(low: number, high: number): number {
    return low + this.random() * (high - low);
  }

  /** A time around a usual one: mostly near to it, now and then much longer. */
  around(usual: number, spread = 0.6): number {
    const bell = Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(2 * Math.PI * this.random());
    return usual * Math.exp(bell * spread);
  }
}
