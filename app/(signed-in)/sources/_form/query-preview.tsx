"use client";

import { useMemo } from "react";
import { connectionQuery, QUERY_FAULTS, type QuerySettings } from "#lib/sumo/query.ts";
import classes from "./query-text.module.css";
import { QueryText } from "./query-text.tsx";

/** The query as Sumo will be given it, while the fields that make it are still being written. */
export function QueryPreview({ settings }: { settings: QuerySettings }) {
  const query = useMemo(() => connectionQuery(settings), [settings]);
  if (!query.ok) return <p className={classes.none}>{QUERY_FAULTS[query.reason]}</p>;
  return <QueryText query={query.value} />;
}
