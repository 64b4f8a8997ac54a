"use client";

import { useEffect, useRef, useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { useWarning } from "#components/settings/use-form.ts";
import type { EscalationRule, RuleWords } from "#contracts/escalation";
import type { RuleDraft } from "#contracts/rules";

export type SaveState = "saved" | "waiting" | "saving" | "refused";

const patience = 700;

/** The company's draft as this page has it: every change is kept a moment after it was made, and one that cannot be kept says why. */
export function useDraft(initial: RuleDraft) {
  const [draft, setDraft] = useState(initial);
  const [rules, setRules] = useState(initial.rules);
  const [words, setWords] = useState(initial.words);
  const [state, setState] = useState<SaveState>("saved");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string>();
  // A change that comes while one is being saved is saved after it, on the revision that saving made.
  const under = useRef<Promise<void>>(Promise.resolve());
  const revision = useRef(initial.revision);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const waiting = useRef<() => void>(undefined);
  // Whoever goes to another page in the moment after a change has still made it.
  useEffect(() => () => waiting.current?.(), []);
  useWarning(state !== "saved");

  function take(next: RuleDraft) {
    clearTimeout(timer.current);
    waiting.current = undefined;
    revision.current = next.revision;
    setDraft(next);
    setRules(next.rules);
    setWords(next.words);
    setErrors({});
    setProblem(undefined);
    setState("saved");
  }

  function keep(next: { rules: EscalationRule[]; words: RuleWords; basedOn?: number }) {
    clearTimeout(timer.current);
    setState("waiting");
    waiting.current = () => {
      clearTimeout(timer.current);
      waiting.current = undefined;
      under.current = under.current.then(() => save(next));
    };
    timer.current = setTimeout(waiting.current, patience);
  }

  async function save(next: { rules: EscalationRule[]; words: RuleWords; basedOn?: number }) {
    setState("saving");
    const { basedOn = draft.basedOn, ...values } = next;
    const body = { ...values, revision: revision.current, basedOn };
    const outcome = await callApi<RuleDraft>("PUT", "/api/admin/rules/draft", body);
    if (!outcome.ok) {
      setErrors(outcome.fields);
      setProblem(outcome.message);
      setState("refused");
      return;
    }
    revision.current = outcome.data.revision;
    setDraft(outcome.data);
    setErrors({});
    setProblem(undefined);
    setState((now) => (now === "saving" ? "saved" : now));
  }

  return {
    draft,
    rules,
    words,
    state,
    problem,
    take,
    changeRules(next: EscalationRule[]) {
      setRules(next);
      keep({ rules: next, words });
    },
    changeWords(next: RuleWords) {
      setWords(next);
      keep({ rules, words: next });
    },
    /** Goes on from the version that somebody published meanwhile. */
    bringUpToDate() {
      keep({ rules, words, basedOn: draft.published });
    },
    /** The first thing wrong with a rule. */
    errorOf(index: number): string | undefined {
      const path = `rules.${index}`;
      return Object.entries(errors).find(([at]) => at === path || at.startsWith(`${path}.`))?.[1];
    },
  };
}

export type Draft = ReturnType<typeof useDraft>;
