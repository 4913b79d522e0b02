import { Skeleton } from "@mantine/core";
import classes from "./layout.module.css";

const ROWS = Array.from({ length: 24 }, (_, at) => at);

/** As high as the rows to come, so that nothing jumps. */
export function QueueSkeleton() {
  return (
    <div className={classes.queue} aria-busy="true">
      <p className="visually-hidden">Loading alerts…</p>
      {ROWS.map((row) => (
        <Skeleton key={row} height={16} my={16} mx={20} width="auto" radius="sm" />
      ))}
    </div>
  );
}
