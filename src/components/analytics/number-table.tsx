import type { Point, ReportNumber } from "#contracts/analytics";
import { longDate, valueWords } from "./words.ts";

const head = "px-2 py-1.5 text-start font-medium text-ink-3 text-xs";
const figure = "px-2 py-1.5 text-end tabular-nums";

/** The same as the chart says, for whoever would rather read it. */
export function NumberTable({ number, onPick }: { number: ReportNumber; onPick: (point: Point) => void }) {
  const { unit, points, previousPoints, name } = number;
  const inOrder = points.map((point, at) => ({ point, before: previousPoints?.[at] })).reverse();
  return (
    <section
      aria-label={`${name}, as a table`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-[264px] overflow-auto rounded-md"
    >
      <table className="w-full border-collapse text-sm">
        <thead className="sticky top-0 bg-surface">
          <tr className="border-line border-b">
            <th scope="col" className={head}>
              Date
            </th>
            <th scope="col" className={`${head} text-end`}>
              {unit === "duration" ? "Median" : name}
            </th>
            {unit === "duration" ? (
              <th scope="col" className={`${head} text-end`}>
                90% within
              </th>
            ) : undefined}
            {unit === "count" ? undefined : (
              <th scope="col" className={`${head} text-end`}>
                Rests on
              </th>
            )}
            {previousPoints === undefined ? undefined : (
              <th scope="col" className={`${head} text-end`}>
                Before
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {inOrder.map(({ point, before }) => (
            <tr key={point.from} className="border-line border-b last:border-0">
              <th scope="row" className="whitespace-nowrap px-2 py-1.5 text-start font-normal text-ink-2">
                {longDate(point.from)}
              </th>
              <td className={figure}>
                <button
                  type="button"
                  disabled={point.rows === 0}
                  onClick={() => onPick(point)}
                  className="rounded-sm font-medium text-ink underline-offset-4 enabled:hover:underline disabled:font-normal disabled:text-ink-3"
                >
                  {valueWords(point.value, unit)}
                </button>
              </td>
              {unit === "duration" ? <td className={figure}>{valueWords(point.p90, unit)}</td> : undefined}
              {unit === "count" ? undefined : <td className={figure}>{point.rows.toLocaleString("en")}</td>}
              {previousPoints === undefined ? undefined : (
                <td className={`${figure} text-ink-3`}>{valueWords(before?.value, unit)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
