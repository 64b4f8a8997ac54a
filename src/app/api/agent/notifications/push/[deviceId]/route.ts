import { PushDevicePath } from "#contracts/notifications";
import { route } from "#http/route";
import { person } from "#http/who";
import { unsubscribe } from "#services/notifications";

export const DELETE = route({ who: person(), params: PushDevicePath }, ({ who, params }) =>
  unsubscribe(who, params.deviceId),
);
