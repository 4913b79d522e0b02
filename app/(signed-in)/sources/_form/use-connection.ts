import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { Outcome } from "#lib/outcome.ts";
import type { ConnectionTest } from "#lib/sumo/connection.ts";
import {
  changeConnectionAction,
  createConnectionAction,
  type SourceRefusal,
  testConnectionAction,
  testDraftAction,
} from "../actions.ts";
import { connectionHref } from "../search-params.ts";
import { type ConnectionDraft, settingsOf } from "./draft.ts";

/** The connection that is changed, as its author saw it. */
export type Seen = { id: string; revision: number };

type Tried = "save" | "test";

/** Saves and tests a draft, and keeps what was said of it. */
export function useConnection(draft: ConnectionDraft, seen: Seen | null) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [tried, setTried] = useState<Tried | null>(null);
  const [refusal, setRefusal] = useState<SourceRefusal | null>(null);
  const [test, setTest] = useState<ConnectionTest | null>(null);
  const attempt = <Value>(
    what: Tried,
    act: () => Promise<Outcome<Value, SourceRefusal>>,
    then: (value: Value) => void,
  ) =>
    startTransition(async () => {
      setTried(what);
      setTest(null);
      setRefusal(null);
      const outcome = await act();
      if (outcome.ok) then(outcome.value);
      else setRefusal(outcome.reason);
    });
  const settings = settingsOf(draft);
  const key = { accessId: draft.accessId, accessKey: draft.accessKey };
  return {
    pending: isPending ? tried : null,
    refusal,
    test,
    runTest: () =>
      attempt(
        "test",
        () => (seen ? testConnectionAction({ id: seen.id, settings }) : testDraftAction({ settings, key })),
        setTest,
      ),
    save: () =>
      attempt<string | undefined>(
        "save",
        () => (seen ? changeConnectionAction({ seen, settings }) : createConnectionAction({ settings, key })),
        (id) => router.push(connectionHref(seen?.id ?? id ?? "")),
      ),
    /** What was said against these fields no longer holds. */
    forget: (names: readonly string[]) => {
      setTest(null);
      setRefusal((before) => forgotten(before, names));
    },
  };
}

function forgotten(refusal: SourceRefusal | null, names: readonly string[]): SourceRefusal | null {
  if (refusal?.kind !== "invalid-input") return null;
  const issues = refusal.issues.filter(
    ({ path }) => !names.some((name) => PATHS[name]?.includes(path) ?? name === path),
  );
  return issues.length === 0 ? null : { ...refusal, issues };
}

/** Where fields that are not called so in the settings are spoken of. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  aws: ["categories", "categories.aws"],
  azure: ["categories", "categories.azure"],
  profile: ["profile", "categories", "ownQuery"],
  deployment: ["deployment", "apiUrl"],
};
