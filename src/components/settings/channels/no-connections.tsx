import { Cable } from "lucide-react";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ConnectLink } from "./connect-link.tsx";

/** What the page says while only the web chat brings messages. */
export function NoConnections({ mayEdit }: { mayEdit: boolean }) {
  return (
    <Card>
      <EmptyState
        icon={<Cable />}
        title="No channel is connected yet"
        action={mayEdit ? <ConnectLink /> : undefined}
      >
        Connect WhatsApp, Telegram, Slack, Teams, Messenger, SMS or a system of your own. What customers write
        there is answered by your AI agent and appears in the same inbox as the web chat.
        {mayEdit ? undefined : " An owner or an admin can connect one."}
      </EmptyState>
    </Card>
  );
}
