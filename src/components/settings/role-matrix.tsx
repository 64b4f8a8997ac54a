import { Check, Minus } from "lucide-react";
import { Card, CardHeader } from "#components/ui/card.tsx";
import type { Role } from "#contracts/accounts";

const roles: Role[] = ["owner", "admin", "operator"];

/** What each role may do, as a table to read. */
export function RoleMatrix({ rows }: { rows: { words: string; roles: Role[] }[] }) {
  return (
    <Card>
      <CardHeader title="What each role may do" />
      <table className="w-full text-sm">
        <thead>
          <tr className="border-line border-b text-ink-3 text-xs">
            <th scope="col" className="px-5 py-2 text-start font-medium">
              May…
            </th>
            {roles.map((role) => (
              <th key={role} scope="col" className="w-16 px-1 py-2 font-medium capitalize sm:w-24">
                {role}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map(({ words, roles: allowed }) => (
            <tr key={words}>
              <th scope="row" className="px-5 py-2 text-start font-normal text-ink-2">
                {words}
              </th>
              {roles.map((role) => (
                <td key={role} className="px-1 py-2 text-center">
                  <Mark yes={allowed.includes(role)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Mark({ yes }: { yes: boolean }) {
  const Icon = yes ? Check : Minus;
  return (
    <>
      <Icon
        aria-hidden
        className={yes ? "mx-auto size-4 text-green-ink" : "mx-auto size-4 text-line-strong"}
      />
      <span className="sr-only">{yes ? "yes" : "no"}</span>
    </>
  );
}
