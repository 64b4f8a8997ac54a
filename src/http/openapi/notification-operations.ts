import {
  AlertPage,
  AlertSettings,
  AlertSettingsView,
  AlertsQuery,
  LetterPath,
  LetterQuery,
  PushDevice,
  PushDevicePath,
  PushSituation,
  PushSubscriptionBody,
  ReadAlertsBody,
  TestAlertBody,
  TestAlertResult,
  UnreadAlerts,
} from "#contracts/notifications";
import type { Operation } from "./operation.ts";

const mine = { tag: "Notifications", who: "person" } as const;
const at = (rest: string) => `/api/agent/notifications${rest}`;
const letters = {
  tag: "Notifications",
  who: "anyone",
  path: "/api/letters/[companyId]/[addressHash]",
  params: LetterPath,
  query: LetterQuery,
  errors: ["not_found"],
} as const satisfies Partial<Operation>;

/** What an operator is told, how, and by which browsers. */
export const notificationOperations: Operation[] = [
  {
    ...mine,
    method: "get",
    path: at(""),
    summary: "What you were told, newest first, and what stands unread",
    query: AlertsQuery,
    answer: AlertPage,
  },
  {
    ...mine,
    method: "post",
    path: at("/read"),
    summary: "Mark as seen; tells your other windows",
    body: ReadAlertsBody,
    answer: UnreadAlerts,
  },
  {
    ...mine,
    method: "get",
    path: at("/preferences"),
    summary: "How you want to be told",
    answer: AlertSettingsView,
  },
  {
    ...mine,
    method: "put",
    path: at("/preferences"),
    summary: "Choose how you want to be told",
    body: AlertSettings,
    answer: AlertSettingsView,
  },
  {
    ...mine,
    method: "get",
    path: at("/push"),
    summary: "The key that browsers subscribe with, and your browsers",
    answer: PushSituation,
  },
  {
    ...mine,
    method: "post",
    path: at("/push"),
    summary: "Be told by this browser while you are signed in there",
    body: PushSubscriptionBody,
    answer: PushDevice,
    status: 201,
  },
  {
    ...mine,
    method: "delete",
    path: at("/push/[deviceId]"),
    summary: "Be told no more by a browser",
    params: PushDevicePath,
    errors: ["not_found"],
  },
  {
    ...mine,
    method: "post",
    path: at("/test"),
    summary: "Send yourself a test, and learn what became of it",
    body: TestAlertBody,
    answer: TestAlertResult,
    errors: ["conflict", "unavailable"],
  },
  {
    ...letters,
    method: "get",
    summary: "The page on which letters can be refused",
    answer: "redirect",
    status: 303,
  },
  { ...letters, method: "post", summary: "Get no more letters of a company" },
];
