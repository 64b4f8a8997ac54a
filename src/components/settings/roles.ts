import type { Role } from "#contracts/accounts";

const words: Record<Role, string> = {
  operator: "Answers customers",
  admin: "Also changes the settings",
  owner: "Also makes and unmakes owners",
};

/** The roles that somebody may give. */
export function roleItems(mayMakeOwners: boolean): { value: Role; label: string; description: string }[] {
  const roles: Role[] = mayMakeOwners ? ["operator", "admin", "owner"] : ["operator", "admin"];
  return roles.map((value) => ({
    value,
    label: `${value.charAt(0).toUpperCase()}${value.slice(1)}`,
    description: words[value],
  }));
}
