import { withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { isOldSeal, seal } from "#lib/sealed";
import { sweepSealed } from "#lib/sweeps";
import { boundTo, readableSecrets } from "./open.ts";

const page = 200;

/**
 * Puts every connection's secrets under the newest key; answers how many were changed. Safe to say again. Throws
 * `unavailable`, when all others are done, where some open with no key of this installation.
 */
export async function rotateSecrets(): Promise<number> {
  let changed = 0;
  let closed = 0;
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await sweepSealed(after, page);
    for (const { id, companyId, sealed } of rows) {
      if (!isOldSeal(sealed)) continue;
      const secrets = readableSecrets({ id, company_id: companyId, sealed });
      if (secrets === undefined) {
        closed += 1;
        continue;
      }
      const renewed = seal(JSON.stringify(secrets), boundTo(companyId, id));
      // Only where nobody has saved other secrets meanwhile.
      const { count } = await withCompany(companyId, (tx) =>
        tx.connection.updateMany({ where: { id, companyId, sealed }, data: { sealed: renewed } }),
      );
      changed += count;
    }
    const last = rows.at(-1);
    if (rows.length < page || last === undefined) break;
    after = last.id;
  }
  if (closed === 0) return changed;
  const words = `${changed} connections are sealed anew; ${closed} open with neither BATON_SECRET nor BATON_SECRET_PREVIOUS.`;
  throw new AppError("unavailable", words);
}
