"use client";

import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { ReasonClass } from "#lib/allowlist/entry.ts";
import page from "../../../_ui/form-page.module.css";
import type { EntryDraft, ReasonClassChoice } from "./draft.ts";

type AboutFieldsProps = {
  draft: EntryDraft;
  owners: readonly { id: string; name: string }[];
  reasonClasses: readonly ReasonClassChoice[];
  problemOf: (path: string) => string | undefined;
  change: (part: Partial<EntryDraft>) => void;
  chooseClass: (reasonClass: ReasonClass) => void;
};

/** What the entry is called, who answers for it and why it is right. */
export function AboutFields({
  draft,
  owners,
  reasonClasses,
  problemOf,
  change,
  chooseClass,
}: AboutFieldsProps) {
  return (
    <>
      <TextInput
        size="sm"
        label="Title"
        required
        value={draft.title}
        error={problemOf("content.title")}
        onChange={({ currentTarget }) => change({ title: currentTarget.value })}
      />
      <div className={page.pair}>
        <NativeSelect
          label="Class of reason"
          data={reasonClasses.map(({ value, label, days }) => ({ value, label: `${label} (${days} days)` }))}
          value={draft.reasonClass}
          onChange={({ currentTarget }) => chooseClass(currentTarget.value as ReasonClass)}
        />
        <NativeSelect
          label="Owner"
          data={owners.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.ownerId}
          error={problemOf("content.ownerId")}
          onChange={({ currentTarget }) => change({ ownerId: currentTarget.value })}
        />
      </div>
      <Textarea
        label="Reason"
        description="Why this is expected, for whoever asks in a year."
        required
        autosize
        minRows={2}
        value={draft.reason}
        error={problemOf("content.reason")}
        onChange={({ currentTarget }) => change({ reason: currentTarget.value })}
      />
      <TextInput
        label="Ticket"
        placeholder="SEC-1234 or an address"
        value={draft.ticket}
        error={problemOf("content.ticket")}
        onChange={({ currentTarget }) => change({ ticket: currentTarget.value })}
      />
    </>
  );
}
