"use client";

import { type ReactNode, useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

type Props = {
  title: string;
  description?: string;
  /** The form that it holds, as `useForm` gives it. */
  form: { problem: string | undefined; busy: boolean };
  /** What is pressed to save. */
  action?: string;
  disabled: boolean;
  onSave: () => Promise<void>;
  onClose: () => void;
  className?: string;
  children: ReactNode;
};

/** One thing of the settings to be made or changed: its fields, what is wrong with them, the way to save and to leave. */
export function EditorDialog({
  title,
  description,
  form: { problem, busy },
  action = "Save",
  disabled,
  onSave,
  onClose,
  className,
  children,
}: Props) {
  const id = useId();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      {...(className === undefined ? {} : { className })}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={id} busy={busy} disabled={disabled}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void onSave();
        }}
      >
        {problem ? <Callout tone="bad">{problem}</Callout> : undefined}
        {children}
      </form>
    </Dialog>
  );
}
