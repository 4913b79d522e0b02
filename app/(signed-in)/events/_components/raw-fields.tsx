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
  const shown = paths.slice(0, MOST_SHOWN);
  const more = paths.slice(MOST_SHOWN);
  return (
    <span className={classes.row}>
      <span>{children}</span>
      <span className={classes.from}>
        <span className="visually-hidden">from </span>
        {shown.map((path) => (
          <span key={path} className={classes.path}>
            <MachineText text={path} />
            {path === paths.at(-1) ? null : ", "}
          </span>
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
      Beside each value: the fields of the record that gave it.
      {version < NORMALIZER_VERSION ? " Since this record was read, the way of reading it has changed." : ""}
    </p>
  );
}
