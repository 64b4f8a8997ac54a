import { QuarantinePath } from "#contracts/connections";
import { route } from "#http/route";
import { may } from "#http/who";
import { discardDelivery } from "#services/webhooks";

export const DELETE = route({ who: may("connections:write"), params: QuarantinePath }, ({ who, params }) =>
  discardDelivery(who, params.connectionId, params.deliveryId),
);
