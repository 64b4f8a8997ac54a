import type { ReactNode } from "react";
import { toldName } from "#contracts/canned-words";
import { cn } from "./cn.ts";

const sizes = {
  xs: "size-5 text-[0.5625rem]",
  sm: "size-6 text-2xs",
  md: "size-8 text-xs",
  lg: "size-10 text-sm",
};
const hues = [22, 58, 98, 150, 195, 235, 268, 305, 345];

const painted =
  "bg-[oklch(0.915_0.045_var(--hue))] text-[oklch(0.4_0.09_var(--hue))] dark:bg-[oklch(0.34_0.05_var(--hue))] dark:text-[oklch(0.87_0.07_var(--hue))]";

const dots = {
  online: "bg-green",
  away: "bg-amber",
  offline: "bg-line-strong",
};
export type PresenceStatus = keyof typeof dots;

type Props = {
  name: string;
  image?: string | undefined;
  icon?: ReactNode;
  size?: keyof typeof sizes;
  status?: PresenceStatus | undefined;
  className?: string | undefined;
};

/** A person's picture, or their initials on a colour of their own. It stands beside the name, so it is silent. */
export function Avatar({ name, image, icon, size = "md", status, className }: Props) {
  const hue = hues[hash(name) % hues.length] ?? 235;
  return (
    <span aria-hidden className={cn("relative inline-flex shrink-0", sizes[size], className)}>
      {image ? (
        // biome-ignore lint/performance/noImgElement: pictures come from the company's own storage, of any size.
        <img src={image} alt="" className="size-full rounded-full object-cover" />
      ) : (
        <span
          className={cn(
            // Letters drawn by the style: they repeat the name beside them, so nothing reads, finds or copies them.
            "flex size-full items-center justify-center rounded-full font-semibold before:content-[attr(data-initials)] [&_svg]:size-3/5",
            icon ? "bg-accent text-on-accent" : painted,
          )}
          data-initials={icon ? undefined : initials(name)}
          style={{ "--hue": hue } as React.CSSProperties}
        >
          {icon}
        </span>
      )}
      {status ? (
        <span
          className={cn(
            "-right-0.5 -bottom-0.5 absolute size-2.5 rounded-full border-2 border-surface",
            size === "xs" && "size-2",
            dots[status],
          )}
        />
      ) : undefined}
    </span>
  );
}

/** Up to two letters that stand for a name; also for names that are not in Latin letters. */
export function initials(name: string) {
  // Of a number the last digits tell people apart.
  if (toldName(name) === "" && name !== "") return name.replaceAll(/\D/g, "").slice(-2);
  const words = name
    .replace(/@.*$/, "")
    .split(/[\s._-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => firstLetter(word));
  return letters.join("").toLocaleUpperCase() || "?";
}

function firstLetter(word: string | undefined) {
  return word?.match(/[\p{L}\p{N}]/u)?.[0] ?? "";
}

function hash(text: string) {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum;
}
