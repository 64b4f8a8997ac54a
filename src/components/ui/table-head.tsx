import { cn } from "./cn.ts";

type Column = { name: string; number?: true };

type Props = { columns: readonly Column[]; className?: string; cellClassName: string };

/** The names of a table's columns; numbers stand at their end. */
export function TableHead({ columns, className, cellClassName }: Props) {
  return (
    <thead>
      <tr className={cn("border-line border-b text-ink-3 text-xs", className)}>
        {columns.map(({ name, number }) => (
          <th
            key={name}
            scope="col"
            className={cn("font-medium", number ? "text-end" : "text-start", cellClassName)}
          >
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}
