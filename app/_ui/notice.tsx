import type { ReactNode } from "react";
import classes from "./notice.module.css";

/** A sentence in place of content: why there is nothing, what went wrong, what to do. */
export function Notice({
  title,
  children,
  tone = "plain",
}: {
  title: string;
  children?: ReactNode;
  tone?: "plain" | "bad";
}) {
  return (
    <div className={classes.notice} data-tone={tone} role={tone === "bad" ? "alert" : undefined}>
      <p className={classes.title}>{title}</p>
      {children ? <div className={classes.body}>{children}</div> : null}
    </div>
  );
}
