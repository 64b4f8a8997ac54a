import { CopyField } from "#components/ui/copy-field.tsx";

type Props = { label: string; value: string; help?: string | undefined; whole?: boolean };

/** Something to paste elsewhere, with its name; `whole` shows all of it over several lines. */
export function CopyLine({ label, value, help, whole = false }: Props) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className="font-medium text-ink text-sm">{label}</span>
      <CopyField label={label} value={value} multiline={whole} />
      {help ? <p className="text-ink-3 text-xs">{help}</p> : undefined}
    </div>
  );
}
