"use client";

import { CircleAlert } from "lucide-react";
import {
  type ComponentProps,
  createContext,
  type ReactNode,
  useContext,
  useId,
  useLayoutEffect,
  useState,
} from "react";
import { cn } from "./cn.ts";

type FieldParts = {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
  /** Tells the label that the control goes by an id of its own. */
  nameControl: (id: string | undefined) => void;
};
const FieldContext = createContext<FieldParts | undefined>(undefined);

/** What the control of a field needs to be tied to its label, help and error. */
export function useFieldProps(own: { id?: string | undefined }) {
  const field = useContext(FieldContext);
  const nameControl = field?.nameControl;
  useLayoutEffect(() => {
    nameControl?.(own.id);
    return () => nameControl?.(undefined);
  }, [nameControl, own.id]);
  if (!field) return {};

  return {
    id: own.id ?? field.id,
    "aria-describedby": field.describedBy,
    "aria-invalid": field.invalid || undefined,
  };
}

type FieldProps = {
  label: ReactNode;
  description?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  className?: string;
  children: ReactNode;
};

/** A labelled control with its help and its error; put one Input, Textarea, Select or Switch inside. */
export function Field({ label, description, error, optional, className, children }: FieldProps) {
  const id = useId();
  const [controlId, nameControl] = useState<string>();
  const described = [description ? `${id}-help` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <FieldContext value={{ id, describedBy: described || undefined, invalid: Boolean(error), nameControl }}>
      <div className={cn("flex flex-col gap-1.5", className)}>
        <Label htmlFor={controlId ?? id}>
          {label}
          {optional ? <span className="font-normal text-ink-3"> (optional)</span> : undefined}
        </Label>
        {children}
        {description ? (
          <p id={`${id}-help`} className="text-ink-3 text-xs">
            {description}
          </p>
        ) : undefined}
        {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : undefined}
      </div>
    </FieldContext>
  );
}

/** The name of a control. */
export function Label({ className, htmlFor, children, ...rest }: ComponentProps<"label">) {
  return (
    <label htmlFor={htmlFor} className={cn("font-medium text-ink text-sm", className)} {...rest}>
      {children}
    </label>
  );
}

/** What is wrong with a field, in words and with a sign. */
export function FieldError({ className, children, ...rest }: ComponentProps<"p">) {
  return (
    <p role="alert" className={cn("flex items-start gap-1.5 text-red-ink text-xs", className)} {...rest}>
      <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
      {children}
    </p>
  );
}
