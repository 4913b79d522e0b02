"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import classes from "./deeds.module.css";

type DeedRowsProps = {
  label: string;
  /** What the deed was, in a row above its detections; without it they are always shown. */
  head: ReactNode | null;
  count: number;
  columns: number;
  isOpen: boolean;
  children: ReactNode;
};

/** The detections of a deed below its sentence, which opens and closes them. */
export function DeedRows({ label, head, count, columns, isOpen, children }: DeedRowsProps) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const id = useId();
  const opened = head === null || (chosen ?? isOpen);
  return (
    <>
      {head === null ? null : (
        <tbody>
          <tr className={classes.head}>
            <th scope="rowgroup" colSpan={columns}>
              <div className={classes.line}>
                <div className={classes.told}>{head}</div>
                <button
                  type="button"
                  className={classes.toggle}
                  aria-expanded={opened}
                  aria-controls={id}
                  onClick={() => setChosen(!opened)}
                >
                  <ChevronRight size={14} aria-hidden="true" className={classes.chevron} />
                  {count.toLocaleString("en-GB")} {count === 1 ? "detection" : "detections"}
                </button>
              </div>
            </th>
          </tr>
        </tbody>
      )}
      <tbody id={id} hidden={!opened} aria-label={label}>
        {children}
      </tbody>
    </>
  );
}
