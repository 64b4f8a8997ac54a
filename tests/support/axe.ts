import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe finds on a page and in its frames, in words short enough for a failed test. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Two copies of playwright-core are installed; their pages are the same thing under two types.
  const same = page as unknown as ConstructorParameters<typeof AxeBuilder>[0]["page"];
  const { violations } = await new AxeBuilder({ page: same }).analyze();
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${impact} ${id}: ${target.join(" ")} ${failureSummary ?? ""}`),
  );
}
