"use client";

import { Autocomplete, Button, NativeSelect, TextInput } from "@mantine/core";
import { useState, useTransition } from "react";
import { TOKEN_KINDS, type TokenKind } from "#lib/access/token-kind.ts";
import page from "../../../../_ui/form-page.module.css";
import { makeTokenAction, type TokenRefusal } from "../actions.ts";
import { MadeToken } from "./made-token.tsx";
import { SetupView } from "./setup-view.tsx";
import classes from "./tokens.module.css";
import { problemAt, refusalSentence, SENDER_WORDS } from "./words.ts";

type TokenFormProps = { base: string; sources: readonly string[] };
type Draft = { name: string; source: string; kind: TokenKind };

const SENDERS = TOKEN_KINDS.map((kind) => ({ value: kind, label: SENDER_WORDS[kind] }));

/** Where a token is made, with how its sender is set up beside it. */
export function TokenForm({ base, sources }: TokenFormProps) {
  const [draft, setDraft] = useState<Draft>({ name: "", source: "", kind: "api" });
  const [token, setToken] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<TokenRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setRefusal(null);
  };
  const make = () =>
    startTransition(async () => {
      const outcome = await makeTokenAction(draft);
      if (outcome.ok) setToken(outcome.value);
      else setRefusal(outcome.reason);
    });
  return (
    <div className={page.layout}>
      {token ? (
        <MadeToken token={token} name={draft.name.trim()} />
      ) : (
        <form
          className={page.form}
          aria-label="Token"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            make();
          }}
        >
          <section className={page.section}>
            <TextInput
              label="Name"
              description="Which program has it: shipper-prod. Imports tell it, so it stays taken when the token is revoked."
              required
              autoComplete="off"
              value={draft.name}
              error={problemAt(refusal, "name")}
              onChange={({ currentTarget }) => change({ name: currentTarget.value })}
            />
            <Autocomplete
              label="Source"
              description="What the logs are of: CloudTrail of production. A token that follows another has the same."
              required
              data={[...sources]}
              value={draft.source}
              error={problemAt(refusal, "source")}
              onChange={(source) => change({ source })}
            />
            <NativeSelect
              label="Who delivers"
              description="A token lets in this kind of sender only."
              data={SENDERS}
              value={draft.kind}
              error={problemAt(refusal, "kind")}
              onChange={({ currentTarget }) => change({ kind: currentTarget.value as TokenKind })}
            />
          </section>
          <div className={page.foot}>
            {refusal ? (
              <p className={classes.refusal} role="alert">
                {refusalSentence(refusal)}
              </p>
            ) : null}
            <div className={page.bar}>
              <Button type="submit" loading={isPending}>
                Make the token
              </Button>
              <p className={page.about}>
                It is shown once. Barnacle keeps only what it takes to know it again.
              </p>
            </div>
          </div>
        </form>
      )}
      <aside className={classes.aside} aria-label="How the sender is set up">
        <SetupView kind={draft.kind} base={base} token={token} />
      </aside>
    </div>
  );
}
