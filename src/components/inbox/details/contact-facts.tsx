"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { asWireError } from "#client/wire-error";
import { desk } from "#components/inbox/data/desk-api.ts";
import { deskKeys, useContact } from "#components/inbox/data/desk-queries.ts";
import { keys } from "#components/inbox/data/queries.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { ContactAttributes } from "#contracts/contacts";
import { languageName } from "#contracts/language-name";
import { AddAttribute } from "./add-attribute.tsx";
import { Fact, Facts } from "./facts.tsx";
import { InlineField } from "./inline-field.tsx";

type Props = { contactId: string; conversationId: string };
type Change = Parameters<typeof desk.changeContact>[1];
export type ChangeContact = (body: Change) => Promise<unknown>;

/** What the company knows of its customer, each value changed where it stands. */
export function ContactFacts({ contactId, conversationId }: Props) {
  const client = useQueryClient();
  const { data: contact, isPending, refetch } = useContact(contactId);
  if (isPending) return <Skeleton className="h-24" />;
  if (!contact) {
    return (
      <div className="text-ink-3 text-sm">
        What is known of this customer did not load.{" "}
        <Button variant="link" onClick={() => refetch()}>
          Try again
        </Button>
      </div>
    );
  }

  async function change(body: Change) {
    client.setQueryData(deskKeys.contact(contactId), await desk.changeContact(contactId, body));
    // Their name stands in the list and above the conversation too.
    client.invalidateQueries({ queryKey: keys.thread(conversationId) });
    if (body.name !== undefined) client.invalidateQueries({ queryKey: ["list"] });
  }

  return (
    <div className="flex flex-col gap-2">
      <Facts>
        <Fact name="Name" wraps>
          <InlineField
            label="name"
            value={contact.name}
            placeholder="Not told"
            maxLength={100}
            onSave={(name) => change({ name })}
          />
        </Fact>
        <Fact name="E-mail" wraps>
          <InlineField
            label="e-mail"
            value={contact.email ?? ""}
            placeholder="Not given"
            maxLength={320}
            onSave={(email) => change({ email: email || null })}
          />
        </Fact>
        <Fact name="Speaks" wraps>
          <InlineField
            label="language of the customer"
            value={contact.language ?? ""}
            shown={contact.language && languageName(contact.language)}
            maxLength={3}
            onSave={(language) => change({ language: language || null })}
          />
        </Fact>
        {Object.entries(contact.attributes).map(([name, value]) => (
          <Attribute key={name} name={name} value={value} change={change} />
        ))}
      </Facts>
      <AddAttribute known={Object.keys(contact.attributes)} change={change} />
    </div>
  );
}

type AttributeProps = {
  name: string;
  value: ContactAttributes["attributes"][string];
  change: ChangeContact;
};

function Attribute({ name, value, change }: AttributeProps) {
  const put = (next: typeof value | null) => change({ attributes: { [name]: next } });

  async function remove() {
    try {
      await put(null);
      toast.success(`“${name}” removed`, { action: { label: "Undo", onClick: () => void put(value) } });
    } catch (error) {
      toast.error(asWireError(error).message);
    }
  }

  return (
    <Fact name={<span dir="auto">{name}</span>} wraps>
      <span className="group/fact flex items-start justify-between gap-1">
        <span className="min-w-0 flex-1">
          <InlineField
            label={name}
            value={String(value)}
            maxLength={500}
            onSave={(next) => (next === "" ? put(null) : put(asKind(next, value)))}
          />
        </span>
        <IconButton
          size="sm"
          label={`Remove ${name}`}
          icon={<Trash2 aria-hidden />}
          onClick={() => void remove()}
          className="size-6 opacity-0 focus-visible:opacity-100 group-hover/fact:opacity-100 pointer-coarse:opacity-100"
        />
      </span>
    </Fact>
  );
}

/** A number stays a number, and yes or no stays that, where the new words are one. */
function asKind(next: string, before: AttributeProps["value"]): AttributeProps["value"] {
  if (typeof before === "number" && Number.isFinite(Number(next))) return Number(next);
  if (typeof before === "boolean" && (next === "true" || next === "false")) return next === "true";
  return next;
}
