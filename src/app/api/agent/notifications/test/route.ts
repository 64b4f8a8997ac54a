import { TestAlertBody, TestAlertResult } from "#contracts/notifications";
import { route } from "#http/route";
import { person } from "#http/who";
import { sendTestAlert } from "#services/notifications";

export const POST = route({ who: person(), body: TestAlertBody, answer: TestAlertResult }, ({ who, body }) =>
  sendTestAlert(who, body.channel),
);
