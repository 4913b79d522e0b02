import type { ReactNode } from "react";
import classes from "./fields.module.css";

/** Names and values, one a line. A value that is null is left out. */
export function Fields({
  fields,
}: {
  fields: readonly (readonly [name: string, value: ReactNode | null])[];
}) {
  return (
    <dl className={classes.fields}>
      {fields
        .filter(([, value]) => value !== null)
        .map(([name, value], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: several fields may have one name, and none moves
          <div key={at} className={classes.field}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
