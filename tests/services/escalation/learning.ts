import { type EvaluationLine, phrasesOf } from "#services/escalation";

const ROUNDS = 500;
const RARE = 3;
// How strongly large weights, and weights as such, are held back.
const SHRINK = 1e-4;
const SPARSE = 2e-5;
// Weights are told apart to a twentieth.
const GRAIN = 20;

/**
 * What each turn of phrase is worth, learned from labelled phrasings: logistic regression with elastic net, by
 * accelerated proximal gradient. The same lines give the same weights. "" is worth what every message starts with.
 */
export function learn(lines: readonly EvaluationLine[]): Map<string, number> {
  const phrases = lines.map(({ text }) => [...phrasesOf(text)]);
  const index = indexed(phrases);
  const rows = phrases.map((each) => each.map((phrase) => index.get(phrase) ?? -1).filter((at) => at >= 0));
  const labels = lines.map(({ handoff }) => (handoff ? 1 : 0));
  const weights = descend(rows, labels, index.size);

  const learned = new Map<string, number>();
  for (const [phrase, at] of [...index, ["", index.size] as const]) {
    const weight = Math.round((weights[at] ?? 0) * GRAIN) / GRAIN;
    if (weight !== 0) learned.set(phrase, weight);
  }
  return learned;
}

/** The weights as the module the recogniser reads. */
export function asModule(weights: ReadonlyMap<string, number>): string {
  const byWeight = new Map<number, string[]>();
  for (const [phrase, weight] of weights) byWeight.set(weight, [...(byWeight.get(weight) ?? []), phrase]);
  const entries = [...byWeight]
    .sort(([a], [b]) => b - a)
    .map(([weight, phrases]) => entry(`"${weight}":`, `${JSON.stringify(phrases.sort().join(" | "))},`));
  return [
    "// Written by tests/services/escalation/wording.test.ts from the labelled phrasings; not by hand.",
    "",
    "/** The turns of phrase that speak for asking for a person, or against it, by what they are worth. */",
    "export const phraseWeights: Record<string, string> = {",
    ...entries,
    "};",
    "",
  ].join("\n");
}

// As the formatter would have it.
function entry(key: string, value: string): string {
  const line = `  ${key} ${value}`;
  return line.length <= 110 ? line : `  ${key}\n    ${value}`;
}

function indexed(phrases: readonly string[][]): Map<string, number> {
  const often = new Map<string, number>();
  for (const phrase of phrases.flat()) often.set(phrase, (often.get(phrase) ?? 0) + 1);
  const kept = [...often].filter(([, times]) => times >= RARE).map(([phrase]) => phrase);
  return new Map(kept.sort().map((phrase, at) => [phrase, at]));
}

function descend(rows: readonly number[][], labels: readonly number[], size: number): Float64Array {
  const weights = new Float64Array(size + 1);
  const ahead = new Float64Array(size + 1);
  const slope = new Float64Array(size + 1);
  const step = 1 / (0.0375 * Math.max(...rows.map((row) => row.length)));
  let pace = 1;
  for (let round = 0; round < ROUNDS; round++) {
    slope.fill(0);
    for (const [at, row] of rows.entries()) {
      let sum = ahead[size] ?? 0;
      for (const column of row) sum += ahead[column] ?? 0;
      const error = 1 / (1 + Math.exp(-sum)) - (labels[at] ?? 0);
      slope[size] = (slope[size] ?? 0) + error;
      for (const column of row) slope[column] = (slope[column] ?? 0) + error;
    }
    const next = (1 + Math.sqrt(1 + 4 * pace * pace)) / 2;
    const momentum = (pace - 1) / next;
    pace = next;
    for (let column = 0; column <= size; column++) {
      const held = column < size;
      const now = ahead[column] ?? 0;
      const pull = (slope[column] ?? 0) / rows.length + (held ? SHRINK * now : 0);
      const moved = shrunk(now - step * pull, held ? SPARSE * step : 0);
      ahead[column] = moved + momentum * (moved - (weights[column] ?? 0));
      weights[column] = moved;
    }
  }
  return weights;
}

function shrunk(weight: number, by: number): number {
  return Math.sign(weight) * Math.max(0, Math.abs(weight) - by);
}
