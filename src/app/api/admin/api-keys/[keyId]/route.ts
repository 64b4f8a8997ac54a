import { KeyPath } from "#contracts/admin";
import { route } from "#http/route";
import { may } from "#http/who";
import { revokeApiKey } from "#services/accounts";

export const DELETE = route({ who: may("keys:write"), params: KeyPath }, ({ who, params }) =>
  revokeApiKey(who, params.keyId),
);
