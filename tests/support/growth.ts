/**
 * How many times as much of the processor eight times the size takes: about 8 where work grows with its size, 64 where it
 * grows with the square. What is over in 5 ms is never called growing.
 */
export function growth(work: (size: number) => unknown, size: number): number {
  // Compiled before it is measured.
  work(size * 8);
  return (
    cost(() => work(size * 8)) /
    Math.max(
      cost(() => work(size)),
      5,
    )
  );
}

/** More than work that grows with its size may show on a busy machine, and far less than its square would. */
export const linear = 24;

/** The milliseconds of the processor that work takes, at the best of three times: other programs do not count. */
function cost(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    work();
    return process.cpuUsage(before).user / 1_000;
  });
  return Math.min(...times);
}
