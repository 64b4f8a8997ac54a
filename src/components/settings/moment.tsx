const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const minute = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
  timeZone: "UTC",
});

/** A day, the same for every reader. */
export function Day({ value }: { value: string }) {
  return <time dateTime={value}>{day.format(new Date(value))}</time>;
}

/** A minute in UTC; the exact moment stands in its title. */
export function Minute({ value }: { value: string }) {
  return (
    <time dateTime={value} title={value} className="whitespace-nowrap tabular-nums">
      {minute.format(new Date(value))} UTC
    </time>
  );
}
