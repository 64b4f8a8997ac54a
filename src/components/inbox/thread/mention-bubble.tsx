"use client";

import type { ComponentProps } from "react";
import { useOperators } from "#components/inbox/data/queries.ts";
import { Bubble } from "./bubble.tsx";

type Props = ComponentProps<typeof Bubble> & { named: string[] };

/** A note that names colleagues: their names stand out in it. */
export function MentionBubble({ named, text, ...rest }: Props) {
  const names = useOperators().flatMap(({ id, name }) => (named.includes(id) ? [name] : []));
  const shown = names.reduce((words, name) => words.replaceAll(`@${name}`, `**@${name}**`), text);
  return <Bubble {...rest} text={shown} />;
}
