import { Check } from "lucide-react";
import { cn } from "#components/ui/cn.ts";

const steps = [
  { id: "platform", label: "Platform" },
  { id: "credentials", label: "Credentials" },
  { id: "webhook", label: "Webhook" },
  { id: "test", label: "Test" },
] as const;

/** Where one is in the wizard, and what is still to come. */
export function WizardSteps({ current }: { current: (typeof steps)[number]["id"] }) {
  const place = steps.findIndex(({ id }) => id === current);
  return (
    <ol aria-label="Steps" className="mb-5 flex items-center gap-2">
      {steps.map(({ id, label }, index) => (
        <li
          key={id}
          aria-current={index === place ? "step" : undefined}
          className={cn(
            "flex items-center gap-2 text-sm not-last:flex-1 after:h-px after:flex-1 after:bg-line last:after:hidden",
            index === place ? "font-medium text-ink" : "text-ink-3",
          )}
        >
          <span
            aria-hidden
            className={cn(
              "flex size-6 shrink-0 items-center justify-center rounded-full border font-medium text-xs tabular-nums",
              index < place && "border-green-line bg-green-soft text-green-ink",
              index === place && "border-accent bg-accent text-on-accent",
              index > place && "border-line bg-surface text-ink-3",
            )}
          >
            {index < place ? <Check className="size-3.5" /> : index + 1}
          </span>
          <span className={cn(index !== place && "max-sm:sr-only")}>
            {label}
            {index < place ? <span className="sr-only"> (done)</span> : undefined}
          </span>
        </li>
      ))}
    </ol>
  );
}
