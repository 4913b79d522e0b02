"use client";

import { Button } from "@mantine/core";
import type { Role } from "#lib/access/person.ts";
import type { EntryMode } from "#lib/allowlist/objection.ts";
import page from "../../../_ui/form-page.module.css";
import { NARROW_SENTENCE } from "../_components/failures.ts";
import { STATE_WORDS } from "../_components/words.ts";
import type { Changed } from "./use-saving.ts";

type SaveBarProps = {
  /** The entry that is changed; null for a new one. */
  entry: Changed | null;
  role: Role;
  isNarrow: boolean;
  /** What is being saved as, or null. */
  saving: EntryMode | null;
  save: (mode: EntryMode) => void;
};

/** What the entry is to do once it is saved, as far as the person may have it so. */
export function SaveBar({ entry, role, isNarrow, saving, save }: SaveBarProps) {
  if (entry?.isChangeable === false)
    return (
      <p>
        This entry is {STATE_WORDS[entry.state]} and can no longer be changed. Write a new one in its place.
      </p>
    );
  const mayEnforce = role === "admin" || isNarrow;
  const isDraft = entry === null || entry.state === "draft";
  const press = (mode: EntryMode) => ({
    size: "sm",
    loading: saving === mode,
    disabled: saving !== null && saving !== mode,
    onClick: () => save(mode),
  });
  return (
    <div className={page.bar}>
      {isDraft ? (
        <Button variant="default" {...press("draft")}>
          Save draft
        </Button>
      ) : null}
      <Button variant="default" {...press("observing")}>
        {isDraft ? "Observe" : "Save and observe"}
      </Button>
      <Button
        {...press("enforcing")}
        disabled={!mayEnforce || (saving !== null && saving !== "enforcing")}
        aria-describedby="about-enforcing"
      >
        {isDraft ? "Enforce" : "Save and enforce"}
      </Button>
      <p id="about-enforcing" className={page.about}>
        {aboutEnforcing(role, isNarrow)}
      </p>
    </div>
  );
}

function aboutEnforcing(role: Role, isNarrow: boolean): string {
  if (role === "admin")
    return "Observing counts hits and hides nothing. Enforcing hides what the entry matches.";
  return isNarrow ? "Narrow and short: you may enforce it yourself." : NARROW_SENTENCE;
}
