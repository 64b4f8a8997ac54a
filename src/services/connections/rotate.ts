import { withCompany } from "#lib/db";
import { isOldSeal, seal } from "#lib/sealed";
import { sweepSealed } from "#lib/sweeps";
import { boundTo, secretsOf } from "./open.ts";

const page = 200;

/** Puts every connection's secrets under the newest key; answers how many were changed. Safe to say again. */
export async function rotateSecrets(): Promise<number> {
  let changed = 0;
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await sweepSealed(after, page);
    for (const { id, companyId, sealed } of rows) {
      if (!isOldSeal(sealed)) continue;
      const secrets = secretsOf({ id, company_id: companyId, sealed });
      const renewed = seal(JSON.stringify(secrets), boundTo(companyId, id));
      // Only where nobody has saved other secrets meanwhile.
      const { count } = await withCompany(companyId, (tx) =>
        tx.connection.updateMany({ where: { id, companyId, sealed }, data: { sealed: renewed } }),
      );
      changed += count;
    }
    const last = rows.at(-1);
    if (rows.length < page || last === undefined) return changed;
    after = last.id;
  }
}
