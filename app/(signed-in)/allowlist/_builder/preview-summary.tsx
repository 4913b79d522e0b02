"use client";

import type { Route } from "next";
import Link from "next/link";
import type { Preview } from "#lib/allowlist/preview.ts";
import { SIGNAL_WORDS } from "#lib/detection/signal.ts";
import { alertHref } from "../../alerts/search-params.ts";
import { STATE_WORDS } from "../_components/words.ts";
import { counted } from "./coverage.tsx";
import { Swatch } from "./preview-bars.tsx";
import classes from "./preview-panel.module.css";
import type { Basis } from "./preview-panel.tsx";

/** What the entry would do, in numbers and sentences. */
export function PreviewSummary({ preview, basis }: { preview: Preview; basis: Basis }) {
  const { stored, matched, suppressed, brokeThrough, outside } = preview;
  if (matched.detections === 0)
    return (
      <p>
        Matches none of the {counted(stored, "stored detection")}. It would hide only what is still to come.
      </p>
    );
  return (
    <>
      <p className={classes.headline}>
        Matches <b>{counted(matched.detections, "detection")}</b> of {stored.toLocaleString("en-GB")} stored,
        in {counted(matched.alerts, "alert")}.
      </p>
      <ul className={classes.fates}>
        <li>
          <Swatch fate="suppressed" />
          <span>
            <b>{suppressed.detections.toLocaleString("en-GB")}</b>{" "}
            {basis === "history" ? "would have been" : "would be"} suppressed, in{" "}
            {counted(suppressed.alerts, "alert")}
          </span>
        </li>
        <li>
          <Swatch fate="brokeThrough" />
          <span>
            <b>{brokeThrough.detections.toLocaleString("en-GB")}</b> would break through
            <Signals preview={preview} />
          </span>
        </li>
        {outside.detections > 0 ? (
          <li>
            <Swatch fate="outside" />
            <span>
              <b>{outside.detections.toLocaleString("en-GB")}</b> happened before its start or after its
              expiry and would stay open
            </span>
          </li>
        ) : null}
      </ul>
      <TruePositives alerts={preview.truePositives} />
      <Overlaps overlaps={preview.overlaps} />
    </>
  );
}

function Signals({ preview: { brokeThrough, signals } }: { preview: Preview }) {
  if (brokeThrough.detections === 0) return null;
  return (
    <>
      , in {counted(brokeThrough.alerts, "alert")}:{" "}
      {signals
        .map(({ signal, detections }) => `${SIGNAL_WORDS[signal]} (${detections.toLocaleString("en-GB")})`)
        .join(", ")}
    </>
  );
}

function TruePositives({ alerts }: { alerts: Preview["truePositives"] }) {
  if (alerts.length === 0) return null;
  return (
    <p className={classes.truePositives}>
      <b>
        {alerts.length === 1
          ? "An alert that was judged true positive is among them: "
          : `${alerts.length} alerts that were judged true positive are among them: `}
      </b>
      {alerts.map(({ number, score }, index) => (
        <span key={number}>
          {index === 0 ? "" : ", "}
          <Link href={alertHref(number)} target="_blank">
            ALR-{number}
          </Link>{" "}
          ({score})
        </span>
      ))}
    </p>
  );
}

function Overlaps({ overlaps }: { overlaps: Preview["overlaps"] }) {
  if (overlaps.length === 0) return null;
  return (
    <ul className={classes.overlaps} aria-label="Other entries that decide about the same">
      {overlaps.map(({ number, title, state, detections }) => (
        <li key={number}>
          <Link href={`/allowlist/${number}` as Route} target="_blank">
            ALW-{number}
          </Link>{" "}
          {title} ({STATE_WORDS[state]}) decides about {detections.toLocaleString("en-GB")} of them now.
        </li>
      ))}
    </ul>
  );
}
