import type { ReactNode } from "react";
import { NORMALIZER_VERSION } from "#lib/logs/normalize/normalize.ts";
import type { Provenance } from "#lib/logs/normalize/provenance.ts";
import { MachineText } from "../../../_ui/machine-text.tsx";
import classes from "./raw-fields.module.css";

/** More would be longer than what they explain. */
const MOST_SHOWN = 6;

/** A value of an event, with the fields of its record that gave it. */
export function WithRawFields({ paths, children }: { paths: readonly string[]; children: ReactNode }) {
  if (paths.length === 0) return children;
  const more = paths.slice(MOST_SHOWN);
  return (
    <span className={classes.row}>
      <span>{children}</span>
      <span className={classes.from}>
        <span className="visually-hidden">from </span>
        {paths.slice(0, MOST_SHOWN).map((path) => (
          <MachineText key={path} text={path} />
        ))}
        {more.length > 0 ? <span title={more.join("\n")}>and {more.length} more</span> : null}
      </span>
    </span>
  );
}

/** What the paths beside the values are, or why there are none. */
export function AboutRawFields({ provenance, version }: { provenance: Provenance | null; version: number }) {
  if (!provenance) {
    return (
      <p className={classes.note}>
        Which fields of the record gave these values cannot be told: it is too long, or is read otherwise now.
      </p>
    );
  }
  return (
    <p className={classes.note}>
      On the right: the fields of the record that gave the value.
      {version < NORMALIZER_VERSION ? " Since this record was read, the way of reading it has changed." : ""}
    </p>
  );
}
