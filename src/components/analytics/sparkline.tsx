import type { Point } from "#contracts/analytics";

const width = 100;
const height = 24;

/** The shape of a number over its range; the number itself stands beside it in words. */
export function Sparkline({ points }: { points: Point[] }) {
  const known = points.flatMap(({ value }, at) => (value === undefined ? [] : [{ at, value }]));
  const most = Math.max(...known.map(({ value }) => value), 0);
  if (known.length < 2 || most === 0) return <div aria-hidden className="h-6" />;
  const step = width / Math.max(1, points.length - 1);
  const line = known.map(
    ({ at, value }) => `${(at * step).toFixed(1)},${(height - 2 - (value / most) * (height - 4)).toFixed(1)}`,
  );
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden
      className="h-6 w-full overflow-visible"
    >
      <polygon
        points={`${line[0]?.split(",")[0]},${height} ${line.join(" ")} ${line.at(-1)?.split(",")[0]},${height}`}
        className="fill-accent-soft"
      />
      <polyline
        points={line.join(" ")}
        fill="none"
        vectorEffect="non-scaling-stroke"
        strokeLinejoin="round"
        className="stroke-accent"
        strokeWidth={1.5}
      />
    </svg>
  );
}
