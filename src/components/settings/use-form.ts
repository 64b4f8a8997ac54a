"use client";

import { useEffect, useState } from "react";
import type { Outcome } from "./call-api.ts";

/** The state of one form: its values, what is wrong with each, whether they differ from what is saved. */
export function useForm<Values extends object>(initial: Values) {
  const [saved, setSaved] = useState(initial);
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const dirty = JSON.stringify(values) !== JSON.stringify(saved);
  useWarning(dirty);

  function set<Name extends keyof Values & string>(name: Name, value: Values[Name]) {
    setValues((before) => ({ ...before, [name]: value }));
    setErrors((before) =>
      Object.fromEntries(
        Object.entries(before).filter(([path]) => path !== name && !path.startsWith(`${name}.`)),
      ),
    );
  }

  /** Sends the form; what the server says is wrong appears beside its field. */
  async function submit<T>(send: (values: Values) => Promise<Outcome<T>>): Promise<T | undefined> {
    setBusy(true);
    setProblem(undefined);
    setErrors({});
    const outcome = await send(values);
    setBusy(false);
    if (outcome.ok) {
      setSaved(values);
      return outcome.data;
    }
    setErrors(outcome.fields);
    if (Object.keys(outcome.fields).length === 0) setProblem(outcome.message);
    return undefined;
  }

  function reset(to: Values = saved) {
    setSaved(to);
    setValues(to);
    setErrors({});
    setProblem(undefined);
  }

  /** The first thing wrong with what stands at a path such as `rules.3`, or within it. */
  function errorAt(path: string): string | undefined {
    return errors[path] ?? Object.entries(errors).find(([other]) => other.startsWith(`${path}.`))?.[1];
  }

  /** The first thing wrong with a field or with one of its lines. */
  function errorOf(name: keyof Values & string): string | undefined {
    return errorAt(name);
  }

  return { values, set, errorOf, errorAt, problem, busy, dirty, submit, reset };
}

/** Asks before the window is left while something in it is not saved. */
export function useWarning(dirty: boolean) {
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [dirty]);
}
