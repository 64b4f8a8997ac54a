/**
 * How many times as much of the processor four times the size takes: about 4 where work grows with its size, 16 where
 * it grows with the square. What is over in 5 ms is never called growing.
 */
export function growth(work: (size: number) => unknown, size: number): number {
  work(size);
  return (
    cost(() => work(size * 4)) /
    Math.max(
      cost(() => work(size)),
      5,
    )
  );
}

/** The milliseconds of the processor that work takes, at the best of three times: other programs do not count. */
function cost(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    work();
    return process.cpuUsage(before).user / 1_000;
  });
  return Math.min(...times);
}
