const most = 40;

/** The time zones whose name has these words, the reader's own first; all of them begin the list where nothing is sought. */
export function findZones(query: string, own: string): string[] {
  const all = [...new Set([own, "UTC", ...Intl.supportedValuesOf("timeZone")])].filter((zone) => zone !== "");
  const wanted = query.trim().toLowerCase().replaceAll(" ", "_");
  const found = all.filter((zone) => zone.toLowerCase().includes(wanted));
  // Whoever types "par" means Paris before Asia/Phnom_Penh's neighbours with these letters within.
  const begins = (zone: string) =>
    zone
      .toLowerCase()
      .split("/")
      .some((part) => part.startsWith(wanted));
  return [...found.filter(begins), ...found.filter((zone) => !begins(zone))].slice(0, most);
}

/** The time of day in a zone; nothing where it is not known. */
export function zoneTime(timeZone: string, now: Date): string {
  try {
    const clock = { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    return new Intl.DateTimeFormat("en-GB", clock).format(now);
  } catch {
    return "";
  }
}
