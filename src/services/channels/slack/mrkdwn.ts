import { cut } from "#channels/words";

/** The most characters of a message that we keep. */
export const longest = 40_000;

/**
 * Turns Slack's mark-up into what its reader saw: links, mentions and channels by their names, `&amp;` as `&`
 * (docs.slack.dev, "Formatting message text"). The mention of `without` is left out.
 */
export function readable(text: string, without?: string): string {
  const named = text.replace(
    /<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>(\s?)/g,
    (whole, sign, target, label, space) => {
      if (sign === "@" && target === without) return "";
      return `${nameOf(whole.trimEnd(), sign, target, label || undefined)}${space}`;
    },
  );
  const plain = named.replace(/&(amp|lt|gt);/g, (whole, name: string) => entities[name] ?? whole);
  return cut(mentions(text, without) ? plain.trim() : plain, longest);
}

/** Says whether a text calls this user. */
export function mentions(text: string, userId: string | undefined): boolean {
  return userId !== undefined && (text.includes(`<@${userId}>`) || text.includes(`<@${userId}|`));
}

/** Keeps mentions that would call a whole channel, workspace or user group from doing so; they stay readable. */
export function withoutMassMentions(text: string): string {
  return text.replace(/<(!(?:channel|here|everyone|subteam\b)[^<>]*)>/gi, "&lt;$1&gt;");
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">" };

function nameOf(whole: string, sign: string, target: string, label: string | undefined): string {
  if (sign === "@" || sign === "#") return `${sign}${label ?? target}`;
  if (sign === "!") return specialOf(target, label);
  // A slash command may come unescaped: `<b>` is then no link but what was typed.
  if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) return whole;
  if (label === undefined) return target;
  return target.endsWith(label) ? label : `${label} (${target})`;
}

// `<!here|here>`, `<!subteam^S1|@sales>`, `<!date^1392734382^{date}|Feb 18, 2014>`.
function specialOf(target: string, label: string | undefined): string {
  const [name, id] = target.split("^");
  return id === undefined ? `@${name}` : (label ?? `@${id}`);
}
