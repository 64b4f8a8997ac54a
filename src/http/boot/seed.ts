import { createSignInLink, needsSetup } from "#services/accounts";
import { bootstrapDemo } from "./demo.ts";
import type { House } from "./house.ts";
import type { Part } from "./part.ts";

/** The demo company, where it is wanted, and the lines that tell where to begin. */
export function seed(house: House): Part {
  return {
    name: "seed",
    async start() {
      if (!house.env.DEMO) {
        house.greetings.push(async (baseUrl) =>
          (await needsSetup()) ? { label: "First run", address: `${baseUrl}/setup` } : undefined,
        );
        return;
      }
      const demo = await bootstrapDemo({ baseUrl: house.baseUrl });
      const link = await createSignInLink(demo.ownerId);
      house.greetings.push(
        (baseUrl) => ({ label: "Demo shop", address: `${baseUrl}/demo` }),
        (baseUrl) => ({ label: "Practice phone", address: `${baseUrl}/demo/telephony` }),
        (baseUrl) => ({ label: "Inbox", address: `${baseUrl}/inbox` }),
        (baseUrl) => ({ label: "Sign in once with", address: new URL(link, baseUrl).href }),
      );
    },
  };
}
