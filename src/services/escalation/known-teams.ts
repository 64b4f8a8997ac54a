import { read } from "#lib/db";

/** The names of a company's teams by their ids. */
export async function knownTeams(companyId: string): Promise<Map<string, string>> {
  const rows = await read<{ id: string; name: string }>(
    companyId,
    "SELECT id, name FROM team WHERE company_id = $1 ORDER BY name LIMIT 1000",
    [companyId],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
