import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import type { PlatformCard } from "#contracts/connections";
import { SendTest } from "./send-test.tsx";

type Props = { connectionId: string; platform: PlatformCard; footer?: ReactNode };

/** The place to see that a message gets in, is understood and is answered. */
export function TestCard({ connectionId, platform, footer }: Props) {
  return (
    <Card>
      <CardHeader title="Test" description="See that a message gets in, is understood and is answered." />
      <CardBody>
        <SendTest connectionId={connectionId} platform={platform} />
      </CardBody>
      {footer}
    </Card>
  );
}
