"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { IconButton } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Input } from "#components/ui/input.tsx";

type Props = Omit<ComponentProps<typeof Input>, "type"> & { label: string };

/** A secret while it is typed: dots, until one asks to see it. No password manager is offered it. */
export function SecretInput({ label, className, ...rest }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <div className="relative min-w-0 flex-1">
      <Input
        {...rest}
        type={shown ? "text" : "password"}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        data-1p-ignore
        data-lpignore="true"
        className={cn("pe-9 font-mono placeholder:font-sans", className)}
      />
      <IconButton
        size="sm"
        disabled={rest.disabled}
        className="absolute end-0.5 top-0.5"
        label={shown ? `Hide ${label}` : `Show ${label}`}
        icon={shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        onClick={() => setShown(!shown)}
      />
    </div>
  );
}
