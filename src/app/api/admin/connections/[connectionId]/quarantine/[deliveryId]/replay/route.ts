import { QuarantinePath } from "#contracts/connections";
import { route } from "#http/route";
import { may } from "#http/who";
import { replayDelivery } from "#services/webhooks";

export const POST = route({ who: may("connections:write"), params: QuarantinePath }, ({ who, params }) =>
  replayDelivery(who, params.connectionId, params.deliveryId),
);
