/** What to do, one thing after the other. */
export function NumberedSteps({ label, steps }: { label: string; steps: string[] }) {
  if (steps.length === 1) return <p className="text-ink-2 text-sm">{steps[0]}</p>;
  return (
    <ol aria-label={label} className="flex flex-col gap-2.5">
      {steps.map((step, index) => (
        <li key={step} className="flex gap-2.5 text-ink-2 text-sm">
          <span
            aria-hidden
            className="flex size-5 shrink-0 items-center justify-center rounded-full border border-line bg-sunken font-medium text-2xs text-ink-3 tabular-nums"
          >
            {index + 1}
          </span>
          <span className="min-w-0 text-pretty">{step}</span>
        </li>
      ))}
    </ol>
  );
}
