"use client";

import { useMemo } from "react";
import { connectionQuery, QUERY_FAULTS, type QuerySettings } from "#lib/sumo/query.ts";
import classes from "./query-preview.module.css";
import { QueryText } from "./query-text.tsx";

/** The query as Sumo will be given it, while the fields that make it are still being written. */
export function QueryPreview({ settings }: { settings: QuerySettings }) {
  const query = useMemo(() => connectionQuery(settings), [settings]);
  return query.ok ? (
    <QueryText query={query.value} />
  ) : (
    <div>
      <p className={classes.caption}>Query</p>
      <p className={classes.none}>What Sumo Logic will be asked stands here. {QUERY_FAULTS[query.reason]}</p>
    </div>
  );
}
