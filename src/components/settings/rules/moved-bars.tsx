import type { BacktestReport } from "#contracts/backtests";

type Bars = BacktestReport["turnsMoved"]["histogram"];

/** How many conversations come so many turns earlier or later: bars to look at, and a table for who reads. */
export function MovedBars({ bars }: { bars: Bars }) {
  const most = Math.max(1, ...bars.map(({ conversations }) => conversations));
  if (bars.every(({ conversations }) => conversations === 0))
    return <p className="text-ink-3 text-sm">No conversation has a person in both.</p>;
  return (
    <table className="w-full text-xs">
      <caption className="sr-only">Conversations by how many turns earlier or later a person comes</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Turns</th>
          <th scope="col">Conversations</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ turns, conversations }) => (
          <tr key={turns}>
            <th scope="row" className="w-24 py-0.5 pe-3 text-end font-normal text-ink-3 tabular-nums">
              {turnWords(turns)}
            </th>
            <td className="py-0.5">
              <span className="flex items-center gap-2">
                <span
                  aria-hidden
                  className={turns < 0 ? "h-3 rounded-sm bg-accent" : "h-3 rounded-sm bg-line-strong"}
                  style={{ width: `${(conversations / most) * 80}%`, minWidth: conversations > 0 ? 2 : 0 }}
                />
                <span className="text-ink-2 tabular-nums">{conversations}</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function turnWords(turns: number): string {
  if (turns === 0) return "same turn";
  return turns < 0 ? `${-turns} earlier` : `${turns} later`;
}
