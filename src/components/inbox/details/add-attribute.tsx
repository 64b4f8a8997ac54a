"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { asWireError } from "#client/wire-error";
import { Button } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { ChangeContact } from "./contact-facts.tsx";

type AddProps = { known: string[]; change: ChangeContact };

/** One more thing to know of the customer. */
export function AddAttribute({ known, change }: AddProps) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const [problem, setProblem] = useState<string>();

  function close() {
    setOpen(false);
    setName("");
    setValue("");
    setProblem(undefined);
  }

  async function add() {
    if (known.includes(name.trim())) return setProblem("There is an attribute of this name already.");
    try {
      await change({ attributes: { [name.trim()]: value.trim() } });
      close();
    } catch (error) {
      setProblem(asWireError(error).message);
    }
  }

  if (!open) {
    return (
      <Button size="sm" variant="ghost" className="-ms-2 self-start" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        Add attribute
      </Button>
    );
  }
  return (
    <form
      className="flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
      }}
    >
      <span className="grid grid-cols-[5.5rem_1fr] gap-3">
        <Input
          aria-label="Name of the attribute"
          autoFocus
          required
          placeholder="Name"
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Input
          aria-label="Value of the attribute"
          required
          placeholder="Value"
          maxLength={500}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      </span>
      {problem ? <FieldError>{problem}</FieldError> : undefined}
      <span className="flex justify-end gap-1.5">
        <Button size="sm" onClick={close}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" type="submit">
          Add
        </Button>
      </span>
    </form>
  );
}
