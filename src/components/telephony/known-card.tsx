import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import type { PracticeCall } from "#contracts/practice";
import { VoiceVariables } from "#contracts/telephony";

type Props = { variables: PracticeCall["variables"] | undefined; summary: string | undefined };

const names = Object.keys(VoiceVariables.shape);

/** What the voice agent was given to know before it said a word, and what is kept of what was said. */
export function KnownCard({ variables, summary }: Props) {
  return (
    <Card className="xl:col-span-2">
      <CardHeader
        title="What the voice agent knows"
        description="Given to it while the phone rings, by the conversation-initiation webhook."
      />
      <CardBody>
        {variables === undefined ? (
          <p className="text-ink-3 text-sm">Call the line, and the nine variables stand here.</p>
        ) : (
          <dl className="grid gap-x-4 gap-y-1.5 text-sm sm:grid-cols-[13rem_minmax(0,1fr)]">
            {names.map((name) => (
              <Variable key={name} name={name} value={variables[name]} />
            ))}
          </dl>
        )}
        <div className="border-line border-t pt-3">
          <h3 className="font-medium text-ink text-sm">Summary</h3>
          {summary ? (
            <p dir="auto" className="mt-1 whitespace-pre-line text-ink-2 text-sm">
              {summary}
            </p>
          ) : (
            <p className="mt-1 text-ink-3 text-sm">
              There is one after the first call, or once the thread rests.
            </p>
          )}
        </div>
      </CardBody>
    </Card>
  );
}

function Variable({ name, value }: { name: string; value: string | number | boolean | undefined }) {
  return (
    <>
      <dt className="font-mono text-ink-3 text-xs leading-5">{name}</dt>
      <dd dir="auto" className="min-w-0 whitespace-pre-line break-words text-ink">
        <Value name={name} text={String(value ?? "")} />
      </dd>
    </>
  );
}

const long = 400;

function Value({ name, text }: { name: string; text: string }) {
  if (text === "") return <span className="text-ink-3">empty</span>;
  if (text.length < long) return text;
  return (
    <section
      aria-label={name}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard.
      tabIndex={0}
      className="max-h-40 overflow-y-auto rounded-md border border-line bg-sunken px-2.5 py-1.5"
    >
      {text}
    </section>
  );
}
