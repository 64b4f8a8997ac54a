"use client";

import type { ReactNode } from "react";
import { Field } from "#components/ui/field.tsx";

type Props = { title: string; text: ReactNode; children: ReactNode };

/** A switch at the end of the line that says what it does. */
export function SwitchRow({ title, text, children }: Props) {
  return (
    <Field
      label={title}
      description={text}
      className="grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-0.5 *:[p]:col-start-1 *:[p]:row-start-2"
    >
      <span className="row-span-2 flex">{children}</span>
    </Field>
  );
}
