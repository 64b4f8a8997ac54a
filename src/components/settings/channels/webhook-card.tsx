import type { ReactNode } from "react";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import type { ConnectionView, PlatformCard } from "#contracts/connections";
import { CopyLine } from "./copy-line.tsx";
import { guides, sideOf } from "./guides.ts";
import { NumberedSteps } from "./numbered-steps.tsx";
import { ReportButton } from "./report-button.tsx";

type Props = {
  connection: ConnectionView;
  platform: PlatformCard;
  /** What Baton chose just now: it can be shown this once. */
  chosen?: Record<string, string>;
  mayEdit: boolean;
  footer?: ReactNode;
};

/** What the platform must be told so that it delivers here, and the presses that tell or ask it. */
export function WebhookCard({ connection, platform, chosen, mayEdit, footer }: Props) {
  const { webhookUrl } = connection;
  const api = `/api/admin/connections/${connection.id}`;
  const guide = guides[platform.name];
  const side = sideOf(platform);
  const secrets = Object.entries(chosen ?? {});
  // Drawn anew, the page would lose what is shown this once.
  const refresh = chosen === undefined;
  const labelOf = (name: string) => platform.fields.find((field) => field.name === name)?.label ?? name;
  return (
    <Card>
      <CardHeader title="Webhook" description={`Where ${side} delivers what customers write.`} />
      <CardBody className="gap-5">
        <CopyLine label="Webhook URL" value={webhookUrl} whole />
        {isPublic(webhookUrl) ? undefined : (
          <Callout tone="warning" title="This is no public https address.">
            Platforms deliver to no other. Start Baton with PUBLIC_BASE_URL set to the https address that
            leads to it.
          </Callout>
        )}
        {secrets.length > 0 ? (
          <Callout
            tone="good"
            title="Baton made this for you. It is not shown again."
            className="[&>div]:flex-1"
          >
            <div className="mt-2 flex flex-col gap-3">
              {secrets.map(([name, value]) => (
                <CopyLine key={name} label={labelOf(name)} value={value} help={guide.chosenHelp} />
              ))}
            </div>
          </Callout>
        ) : undefined}
        <NumberedSteps label="What to do at the platform" steps={guide.paste} />
        {mayEdit ? (
          <>
            {platform.can.setup ? (
              <ReportButton
                path={`${api}/setup`}
                label="Set up webhook"
                refresh={refresh}
                variant="primary"
                help={`Tells ${side} where to deliver, as far as that can be done from here.`}
              />
            ) : undefined}
            <ReportButton
              path={`${api}/check`}
              label="Check credentials"
              refresh={refresh}
              help={`Asks ${side} whether it takes them, and whose they are.`}
            />
          </>
        ) : undefined}
      </CardBody>
      {footer}
    </Card>
  );
}

function isPublic(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" && !/^(.*\.)?localhost$|^127\.|^\[::1\]$/.test(hostname);
}
