import { cn } from "#components/ui/cn.ts";

/** Baton's mark: one baton, two hands. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" role="img" aria-label="Baton" className={cn("size-8", className)}>
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <g transform="rotate(-45 16 16)">
        <rect x="5" y="12.75" width="14.5" height="6.5" rx="3.25" className="fill-white" />
        <path d="M21.5 12.75h2.25a3.25 3.25 0 0 1 0 6.5H21.5z" className="fill-white/60" />
      </g>
    </svg>
  );
}
