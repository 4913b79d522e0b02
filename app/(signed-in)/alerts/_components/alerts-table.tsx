"use client";

import { useTable } from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ChevronLeft, ChevronRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useMemo, useState } from "react";
import type { AlertRow } from "#lib/triage/alert.ts";
import type { AlertFilter, AlertSort } from "#lib/triage/alert-filter.ts";
import lines from "../../../_ui/table.module.css";
import { alertsHref } from "../search-params.ts";
import { alertColumns, alertFeatures } from "./alert-columns.tsx";
import classes from "./alerts-table.module.css";
import { type Picked, QueueContext } from "./queue-context.ts";
import { ValueMenu } from "./value-menu.tsx";

type AlertsTableProps = {
  rows: AlertRow[];
  filter: AlertFilter;
  zone: string;
  now: Date;
  newer: Route | null;
  older: Route | null;
};

/** Columns that an index can sort by; the others would be slow on a large store. */
const SORTABLE: Readonly<Record<string, "time" | "severity" | "count">> = {
  lastAt: "time",
  severity: "severity",
  detectionCount: "count",
};

export function AlertsTable({ rows, filter, zone, now, newer, older }: AlertsTableProps) {
  const [picked, setPicked] = useState<Picked | null>(null);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const queue = useMemo(() => {
    const pick = (value: Picked) => {
      setPicked(value);
      setMenuOpen(true);
    };
    return { zone, now, filter, pick };
  }, [zone, now, filter]);
  const table = useTable({
    features: alertFeatures,
    columns: alertColumns,
    data: rows,
    getRowId: (row) => row.id,
  });

  return (
    <QueueContext value={queue}>
      <div className={lines.scroll}>
        <table className={`${lines.table} ${classes.table}`}>
          <caption className="visually-hidden">Alerts, times in {zone}</caption>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => (
                  <th
                    key={header.id}
                    scope="col"
                    data-column={header.column.id}
                    aria-sort={ariaSort(filter.sort, header.column.id)}
                  >
                    <HeaderCell filter={filter} column={header.column.id}>
                      <table.FlexRender header={header} />
                    </HeaderCell>
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody>
            {table.getRowModel().rows.map((row) => (
              <tr key={row.id}>
                {row.getAllCells().map((cell) => (
                  <td key={cell.id} data-column={cell.column.id}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <nav className={lines.pager} aria-label="Pages">
        <span className={classes.zone}>Times in {zone}</span>
        {newer ? (
          <Link href={newer} rel="prev">
            <ChevronLeft size={14} aria-hidden="true" /> previous page
          </Link>
        ) : null}
        {older ? (
          <Link href={older} rel="next">
            next page <ChevronRight size={14} aria-hidden="true" />
          </Link>
        ) : null}
      </nav>
      <ValueMenu picked={picked} opened={isMenuOpen} close={() => setMenuOpen(false)} />
    </QueueContext>
  );
}

type HeaderCellProps = { filter: AlertFilter; column: string; children: React.ReactNode };

function HeaderCell({ filter, column, children }: HeaderCellProps) {
  const name = SORTABLE[column];
  if (!name) return children;
  const next: AlertSort = filter.sort === `-${name}` ? name : `-${name}`;
  const Arrow = filter.sort === `-${name}` ? ArrowDown : filter.sort === name ? ArrowUp : null;
  return (
    <Link href={alertsHref(filter, { sort: next === "-time" ? null : next })} className={classes.sort}>
      {children}
      {Arrow ? <Arrow size={12} aria-hidden="true" /> : null}
    </Link>
  );
}

function ariaSort(sort: AlertSort, column: string): "ascending" | "descending" | undefined {
  const name = SORTABLE[column];
  if (sort === `-${name}`) return "descending";
  return sort === name ? "ascending" : undefined;
}
