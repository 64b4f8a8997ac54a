import { readFile } from "node:fs/promises";
import { z } from "zod";
import { EscalationReason } from "#contracts/conversation";
import { newId } from "#lib/ids";
import type { NewDecision, Told } from "#services/conversations";
import { detect, readSignals } from "#services/escalation";
import type { Cast } from "./cast.ts";
import { Course } from "./course.ts";

const Line = z.tuple([z.enum(["customer", "agent", "operator"]), z.string()]).rest(z.string());
const Story = z.object({
  customer: z.string(),
  email: z.string().optional(),
  minutesAgo: z.number(),
  end: z.enum(["waiting", "with_human", "ai", "resolved"]),
  reason: EscalationReason.optional(),
  sentence: z.string().optional(),
  lines: z.array(Line),
});
type Story = z.infer<typeof Story>;

const step = 40_000;

/** What is going on in the demo company just now, as it would have come about. */
export async function storiesOf(cast: Cast, path: string, now: Date): Promise<Told[]> {
  const stories = z.array(Story).parse(JSON.parse(await readFile(path, "utf8")));
  return stories.map((story) => tell(cast, story, now));
}

function tell(cast: Cast, { customer: name, email, ...story }: Story, now: Date): Told {
  const began = now.getTime() - story.minutesAgo * 60_000;
  const at = (n: number) => new Date(Math.min(now.getTime(), began + n * step));
  const contact = { id: newId(began), name, locale: "en", ...(email !== undefined && { email }) };
  const course = new Course(cast, { at: at(0), contact, channel: "web", topic: "General", language: "en" });
  for (const [n, [author, text, article]] of story.lines.entries()) {
    if (author === "customer") course.customerSays(at(n), text);
    if (author === "agent") course.agentSays(at(n), course.agentMessage(at(n), text, { article }));
    if (author === "operator") replies(course, at(n), text);
  }
  const end = at(story.lines.length);
  if (story.end === "waiting") waits(course, story, end);
  if (story.end === "resolved") course.isResolved(end);
  return course.told;
}

function replies(course: Course, at: Date, text: string): void {
  const operator = course.cast.operators.find(({ role }) => role === "operator");
  if (course.state === "ACTIVE" && operator !== undefined) course.isTakenBy(at, operator);
  course.operatorSays(at, text);
}

function waits(course: Course, story: Pick<Story, "reason" | "sentence">, at: Date): void {
  const { reason = "explicit_request", sentence = "The customer asked for a person." } = story;
  course.calls(at, { reason, sentence }, { decisions: [decisionOn(course, { reason, sentence })] });
}

/** The line that the ledger would hold of the turn that escalated. */
function decisionOn(
  { cast, heard }: Course,
  call: { reason: EscalationReason; sentence: string },
): NewDecision {
  const said = heard.flatMap(({ author, text }) => (author.kind === "customer" ? [text] : []));
  const text = said.at(-1) ?? "";
  const signals = readSignals(text, {
    customerTexts: said.slice(0, -1),
    messages: heard.length - 1,
    sentiments: [],
    confidences: [],
    alreadyOffered: true,
  });
  const { rules, version } = cast.rules;
  const { trace } = detect(rules, { text, signals });
  return {
    ...call,
    phase: "before_answer",
    outcome: "escalate",
    trace,
    signals,
    versions: { rules: version },
  };
}
