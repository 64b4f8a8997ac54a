import { z } from "zod";
import { field, secret } from "#channels/config";

/** What a company enters to connect its Slack app; all of it stands on the app's pages at api.slack.com/apps. */
export const settings = z.object({
  signingSecret: secret({
    label: "Signing secret",
    help: "“Basic Information” of your Slack app, under “App Credentials”.",
  }),
  botToken: secret({
    label: "Bot token",
    help: "“OAuth & Permissions”, after the app was installed to the workspace.",
    placeholder: "xoxb-…",
  }),
  teamId: field({
    label: "Workspace ID",
    help: "Begins with T: the first part of the address of Slack in a browser after “/client/”.",
    placeholder: "T0123456789",
  }),
  appId: field({
    label: "App ID",
    help: "“Basic Information”; with it, deliveries of another app are refused.",
    placeholder: "A0123456789",
  }).optional(),
  botUserId: field({
    label: "Bot user ID",
    help: "Begins with U; “Check” tells it.",
    placeholder: "U0123456789",
  }).optional(),
});

/** The same, filled in. */
export type Settings = z.output<typeof settings>;
