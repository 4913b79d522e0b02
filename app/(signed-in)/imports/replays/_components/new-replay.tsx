"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { LOG_SOURCES } from "#lib/logs/normalize/event.ts";
import { previewReplayAction, type ReplayRefusal } from "../actions.ts";
import classes from "./new-replay.module.css";
import { replayRefusalSentence } from "./words.ts";

const KINDS = [
  { value: "everything", label: "Everything" },
  { value: "rejected", label: "Rejected records" },
  { value: "source", label: "A log and a range of time" },
];
const STAGES = [
  { value: "normalise", label: "Normalise, detect and allow" },
  { value: "detect", label: "Detect and allow" },
  { value: "allow", label: "Allow" },
];

/** Asks what a replay would change. It is always looked at before it is run. */
export function NewReplay() {
  const router = useRouter();
  const [kind, setKind] = useState("everything");
  const [from, setFrom] = useState("normalise");
  const [source, setSource] = useState({ logSource: "", from: "", to: "" });
  const [refusal, setRefusal] = useState<ReplayRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const look = () =>
    startTransition(async () => {
      setRefusal(null);
      const outcome = await previewReplayAction({
        scope: scopeOf(kind, source),
        from: kind === "rejected" ? "normalise" : from,
      });
      if (outcome.ok) router.push(`/imports/replays/${outcome.value}` as Route);
      else setRefusal(outcome.reason);
    });
  return (
    <form
      className={classes.form}
      aria-label="New replay"
      onSubmit={(event) => {
        event.preventDefault();
        look();
      }}
    >
      <NativeSelect
        size="xs"
        label="What"
        data={KINDS}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value)}
      />
      {kind === "source" ? (
        <>
          <NativeSelect
            size="xs"
            label="Log"
            data={[{ value: "", label: "every log" }, ...LOG_SOURCES]}
            value={source.logSource}
            onChange={(event) => setSource({ ...source, logSource: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            type="date"
            label="Events from (UTC)"
            value={source.from}
            onChange={(event) => setSource({ ...source, from: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            type="date"
            label="before (UTC)"
            value={source.to}
            onChange={(event) => setSource({ ...source, to: event.currentTarget.value })}
          />
        </>
      ) : null}
      {kind === "rejected" ? null : (
        <NativeSelect
          size="xs"
          label="Stages"
          data={STAGES}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
      )}
      <Button size="xs" type="submit" loading={isPending}>
        See what would differ
      </Button>
      {refusal ? <p role="alert">{replayRefusalSentence(refusal)}</p> : null}
    </form>
  );
}

function scopeOf(kind: string, source: { logSource: string; from: string; to: string }) {
  if (kind === "rejected") return { kind, importId: null, reason: null };
  if (kind === "source")
    return { kind, logSource: source.logSource || null, from: source.from, to: source.to };
  return { kind };
}
