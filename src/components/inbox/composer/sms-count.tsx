import { cn } from "#components/ui/cn.ts";
import { smsSegments } from "#contracts/sms-segments";

/** From so many on, a text costs enough to be noticed. */
const many = 4;

/** How many SMS a text goes out as, and what still fits into the last. */
export function SmsCount({ text }: { text: string }) {
  const { encoding, segments, left } = smsSegments(text.trim());
  if (segments === 0) return undefined;
  return (
    <p
      title={
        encoding === "UCS-2"
          ? "An emoji or a letter outside of the plain alphabet is in it: 70 characters fit into one SMS, 67 into each of several."
          : "160 characters fit into one SMS, 153 into each of several."
      }
      className={cn(
        "shrink-0 whitespace-nowrap text-xs tabular-nums",
        segments >= many ? "text-amber-ink" : "text-ink-3",
      )}
    >
      {segments} SMS · {left} left
    </p>
  );
}
