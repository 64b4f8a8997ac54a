import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { CopyLine } from "./copy-line.tsx";
import { NumberedSteps } from "./numbered-steps.tsx";

const steps = [
  "In ElevenLabs open Phone Numbers, import the number from Twilio, and assign your voice agent to it.",
  "Agents › your agent › Security: switch on “Fetch conversation initiation data”, and the variables that your prompt uses under Overrides.",
  "Settings › Conversation initiation: paste the address below, and add the header x-baton-secret with the secret that you entered here.",
  "Settings › Post-call webhook: paste its address, choose HMAC, and copy the secret that is shown into the settings here.",
  "In Twilio open the number, and paste the last address as Call status changes, with HTTP POST.",
];

/** Which addresses ElevenLabs and Twilio must know so that calls stand in the customer's conversation. */
export function VoiceCard({ origin }: { origin: string }) {
  const at = (path: string) => new URL(`/api/webhooks/${path}`, origin).href;
  return (
    <Card>
      <CardHeader
        title="Calls"
        description="A voice agent of ElevenLabs can answer this number's calls, and make them. What it says and hears stands in the customer's conversation, beside the texts."
      />
      <CardBody className="gap-5">
        <NumberedSteps label="What to do for calls" steps={steps} />
        <CopyLine
          label="Conversation initiation, for ElevenLabs"
          value={at("elevenlabs/conversation-initiation")}
          whole
        />
        <CopyLine label="Post-call webhook, for ElevenLabs" value={at("elevenlabs/post-call")} whole />
        <CopyLine label="Call status changes, for Twilio" value={at("twilio/voice/status")} whole />
        <p className="text-ink-3 text-xs">
          When the assistant may call customers stands in{" "}
          <a href="/settings/calls" className="text-accent-ink hover:underline">
            the rules for calls
          </a>
          .
        </p>
      </CardBody>
    </Card>
  );
}
