import type { Signals, Verdict } from "#contracts/escalation";
import { isOpen } from "#contracts/open-time";
import type { NewDecision } from "#services/conversations";
import { detect, readSignals } from "#services/escalation";
import type { Course } from "./course.ts";

/** What the agent has to say to a customer's words, and how sure it is. */
export type AgentAnswer = {
  text: string;
  article?: string | undefined;
  confidence?: number;
  helps?: string | undefined;
  fails?: boolean;
};

const offered =
  "Of course. I can connect you with a person from our team. Press the button below, or keep asking me in the meantime.";

/** The turns of one conversation between a customer and the agent, each decided by the detector as it is for real. */
export class Turns {
  readonly #course: Course;
  readonly #earlier = { texts: [] as string[], sentiments: [] as number[], confidences: [] as number[] };
  #offered = false;

  constructor(course: Course) {
    this.#course = course;
  }

  /** The customer asks, and the agent answers, offers a person or calls one; answers which. */
  take(asked: { at: Date; text: string }, answered: AgentAnswer & { at: Date }): Verdict["outcome"] {
    const course = this.#course;
    const before = this.#signals(asked);
    course.customerSays(asked.at, asked.text);
    const first = this.#decide("before_answer", asked.text, before);
    this.#earlier.texts.push(asked.text);
    this.#earlier.sentiments.push(before.sentiment ?? 0);
    if (first.outcome === "escalate") return this.#call(answered.at, [first]);
    if (first.outcome === "offer" && first.reason === "explicit_request") {
      course.agentSays(answered.at, course.agentMessage(answered.at, offered, {}), {
        decisions: [first],
        offered: true,
      });
      this.#offered = true;
      return "offer";
    }
    const after = measured(before, answered);
    const second = this.#decide("after_answer", asked.text, after);
    if (after.confidence !== undefined) this.#earlier.confidences.push(after.confidence);
    const message = course.agentMessage(answered.at, answered.text, answered);
    const words = answered.text === "" ? [] : [message];
    if (second.outcome === "escalate") return this.#call(answered.at, [first, second], words);
    const offers = second.outcome === "offer";
    course.agentSays(answered.at, message, { decisions: [first, second], ...(offers && { offered: true }) });
    this.#offered ||= offers;
    return second.outcome;
  }

  /** The customer thanks, which is no question: the agent is glad. */
  thanks(at: Date, words: string, reply: { at: Date; text: string }): void {
    const course = this.#course;
    const before = this.#signals({ at, text: words });
    course.customerSays(at, words);
    const decisions = [
      this.#decide("before_answer", words, before),
      this.#decide("after_answer", words, measured(before, { text: reply.text })),
    ];
    course.agentSays(reply.at, course.agentMessage(reply.at, reply.text, {}), { decisions });
  }

  /** The customer presses the button of an offer. */
  press(at: Date): void {
    const { rules, version } = this.#course.cast.rules;
    const nothing = { customerTexts: [], messages: 0, sentiments: [], confidences: [] };
    const signals: Signals = {
      ...readSignals("", { ...nothing, alreadyOffered: this.#offered }),
      manual: { by: "customer" },
    };
    const { trace } = detect(rules, { text: "", signals });
    const sentence = "The customer asked for a person with the button.";
    const call = { reason: "explicit_request" as const, sentence };
    const decision: NewDecision = {
      ...call,
      phase: "before_answer",
      outcome: "escalate",
      trace,
      signals,
      versions: { rules: version },
    };
    this.#course.calls(at, call, { decisions: [decision] });
  }

  #call(at: Date, decisions: NewDecision[], words: Parameters<Course["agentSays"]>[1][] = []): "escalate" {
    const last = decisions.at(-1);
    const call = { reason: last?.reason ?? ("manual" as const), sentence: last?.sentence ?? "" };
    this.#course.calls(at, call, { decisions, words });
    return "escalate";
  }

  #decide(phase: NewDecision["phase"], text: string, signals: Signals): NewDecision {
    const { rules, version } = this.#course.cast.rules;
    const { outcome, reason, sentence, trace } = detect(rules, { text, signals });
    return {
      phase,
      outcome,
      ...(reason && { reason }),
      sentence,
      trace,
      signals,
      versions: { rules: version, model: "demo" },
    };
  }

  #signals({ at, text }: { at: Date; text: string }): Signals {
    const { head, heard, channel, topic, language, cast } = this.#course;
    const { texts: customerTexts, sentiments, confidences } = this.#earlier;
    const messages = heard.filter(({ author }) => author.kind !== "system").length;
    const officeHours = isOpen(cast.schedule, at) ? ("open" as const) : ("closed" as const);
    return readSignals(
      text,
      { customerTexts, messages, sentiments, confidences, alreadyOffered: this.#offered },
      { since: head, channel, topic, language, officeHours, attributes: {} },
    );
  }
}

function measured(before: Signals, { confidence, helps, fails = false }: AgentAnswer): Signals {
  return {
    ...before,
    confidence,
    agentTool: { called: helps !== undefined, reason: helps },
    aiFailure: { failed: fails, ...(fails && { kind: "timeout" }) },
  };
}
