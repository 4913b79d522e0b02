"use client";

import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import page from "../../../_ui/form-page.module.css";
import { problemAt } from "../_components/refusal.ts";
import { RefusalNotice } from "../_components/refusal-notice.tsx";
import classes from "./connection-form.module.css";
import { type ConnectionDraft, queryOf } from "./draft.ts";
import { KeyFields } from "./key-fields.tsx";
import { PlaceFields } from "./place-fields.tsx";
import { QueryFields } from "./query-fields.tsx";
import { QueryPreview } from "./query-preview.tsx";
import { TestResult } from "./test-result.tsx";
import { type Seen, useConnection } from "./use-connection.ts";

type ConnectionFormProps = {
  initial: ConnectionDraft;
  /** The connection that is changed; null for a new one. */
  seen: Seen | null;
  /** Of a stored key, by which it is told. */
  accessIdEnd?: string;
  allowedOrigins: readonly string[];
};

/** Where a connection is written, with the query that it makes beside it. */
export function ConnectionForm({ initial, seen, accessIdEnd, allowedOrigins }: ConnectionFormProps) {
  const [draft, setDraft] = useState(initial);
  const { pending, refusal, test, runTest, save, forget } = useConnection(draft, seen);
  const change = (part: Partial<ConnectionDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    forget(Object.keys(part));
  };
  const fields = { draft, change, problemOf: (path: string) => problemAt(refusal, path) };
  return (
    <div className={page.layout}>
      <form
        className={page.form}
        aria-label="Connection"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Section title="Where" hint={null}>
          <PlaceFields {...fields} allowedOrigins={allowedOrigins} />
        </Section>
        <Section title="As whom" hint={KEY_HINT}>
          {seen ? (
            <p>
              The key whose id ends in <code>{accessIdEnd}</code> stays. On the connection's page it can be
              rotated.
            </p>
          ) : (
            <KeyFields value={draft} problemOf={fields.problemOf} change={change} />
          )}
          <TextInput
            label="Whose key it is"
            description="Connections of one owner share what Sumo Logic allows a person: 4 requests a second. Empty: only this key's."
            placeholder="barnacle@example.com"
            autoComplete="off"
            value={draft.keyOwner}
            error={fields.problemOf("keyOwner")}
            onChange={({ currentTarget }) => change({ keyOwner: currentTarget.value })}
          />
        </Section>
        <Section title="What" hint={null}>
          <QueryFields {...fields} />
        </Section>
        <div className={page.foot}>
          {refusal ? <RefusalNotice refusal={refusal} besideFields /> : null}
          {test ? <TestResult test={test} /> : null}
          <div className={page.bar}>
            <Button
              variant="default"
              loading={pending === "test"}
              disabled={pending === "save"}
              onClick={runTest}
            >
              Test
            </Button>
            <Button type="submit" loading={pending === "save"} disabled={pending === "test"}>
              {seen ? "Save" : "Save and begin to pull"}
            </Button>
            <p className={page.about}>
              {pending === "test"
                ? "Searching the last minutes in Sumo Logic. This can take a minute."
                : "A test searches the last minutes, and stores nothing."}
            </p>
          </div>
        </div>
      </form>
      <aside className={classes.aside} aria-label="The resulting query">
        <QueryPreview settings={queryOf(draft)} />
      </aside>
    </div>
  );
}

const KEY_HINT =
  "The key is stored encrypted and never shown again. Its owner's role needs the capabilities Download Search Results, View Collectors and Manage Access Keys.";

type SectionProps = { title: string; hint: string | null; children: React.ReactNode };

function Section({ title, hint, children }: SectionProps) {
  return (
    <section className={page.section} aria-label={title}>
      <h2>{title}</h2>
      {hint ? <p className={page.hint}>{hint}</p> : null}
      {children}
    </section>
  );
}
