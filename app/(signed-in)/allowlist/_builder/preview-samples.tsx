"use client";

import Link from "next/link";
import type { Preview, PreviewSample } from "#lib/allowlist/preview.ts";
import { SIGNAL_WORDS } from "#lib/detection/signal.ts";
import { MachineText } from "../../../_ui/machine-text.tsx";
import { Time } from "../../../_ui/time.tsx";
import { SeverityMark } from "../../alerts/_components/severity-mark.tsx";
import { alertHref } from "../../alerts/search-params.ts";
import classes from "./preview-panel.module.css";

type PreviewSamplesProps = { preview: Preview; zone: string; now: Date };

/** The newest detections that are matched, with what would become of each. */
export function PreviewSamples({ preview: { samples, matched }, zone, now }: PreviewSamplesProps) {
  return (
    <section aria-label="Newest matches">
      <h3 className={classes.title}>
        {samples.length === matched.detections
          ? "All of them"
          : `The newest ${samples.length} of ${matched.detections.toLocaleString("en-GB")}`}
      </h3>
      <div className={classes.scroll}>
        <table className={classes.samples}>
          <thead>
            <tr>
              <th scope="col">Time · {zone}</th>
              <th scope="col">Alert</th>
              <th scope="col">Severity</th>
              <th scope="col">Would</th>
              <th scope="col">Operation</th>
              <th scope="col">Actor</th>
              <th scope="col">Image</th>
              <th scope="col">Source</th>
            </tr>
          </thead>
          <tbody>
            {samples.map((sample, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: replaced as a whole, and nothing in it has a state
              <Row key={place} sample={sample} zone={zone} now={now} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ sample, zone, now }: { sample: PreviewSample; zone: string; now: Date }) {
  const { occurredAt, alertNumber, severity, operation, actor, image, tag, sourceIp } = sample;
  return (
    <tr>
      <td>
        <Time time={occurredAt} zone={zone} now={now} />
      </td>
      <td>
        <Link href={alertHref(alertNumber)} target="_blank" prefetch={false}>
          ALR-{alertNumber}
        </Link>
      </td>
      <td>
        <SeverityMark severity={severity} />
      </td>
      <td title={fateWords(sample)}>{fateWords(sample)}</td>
      <td title={operation}>{operation.split("/").slice(-2).join("/")}</td>
      <td>{named(actor)}</td>
      <td>{named(image && (tag ? `${image}:${tag}` : image))}</td>
      <td>{named(sourceIp)}</td>
    </tr>
  );
}

function named(text: string | null) {
  return text === null ? <span className="secondary">–</span> : <MachineText text={text} />;
}

function fateWords({ fate, brokeThrough }: PreviewSample): string {
  if (fate === "suppressed") return "be suppressed";
  if (fate === "outside") return "stay open: outside its time";
  return `break through: ${brokeThrough.map((signal) => SIGNAL_WORDS[signal]).join(", ")}`;
}
