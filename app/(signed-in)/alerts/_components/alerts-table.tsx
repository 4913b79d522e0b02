"use client";

import { type RowSelectionState, type Updater, useTable } from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ChevronLeft, ChevronRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { EventChoiceKey } from "#lib/events/event-filter.ts";
import { type AlertRow, isSuppressed, type NamedLink } from "#lib/triage/alert.ts";
import type { AlertFilter, AlertSort, ChoiceKey } from "#lib/triage/alert-filter.ts";
import { onRowKey } from "../../../_ui/row-keys.ts";
import lines from "../../../_ui/table.module.css";
import { type PickedValue, ValueMenu } from "../../../_ui/value-menu.tsx";
import { alertsHref } from "../search-params.ts";
import { alertColumns, alertFeatures, selectColumn } from "./alert-columns.tsx";
import classes from "./alerts-table.module.css";
import { type Picked, QueueContext, type Told } from "./queue-context.ts";
import { SelectedAlerts } from "./selected-alerts.tsx";
import { FILTER_WORDS } from "./words.ts";

type AlertsTableProps = {
  rows: AlertRow[];
  told: Told;
  filter: AlertFilter;
  zone: string;
  now: Date;
  newer: Route | null;
  older: Route | null;
  /** Whom alerts can be given to; null for those who only read. */
  assignees: NamedLink[] | null;
  /** In place of rows, where there are none. */
  empty: ReactNode;
};

const READ_COLUMNS = alertColumns;
const TRIAGE_COLUMNS = [selectColumn, ...alertColumns];

/** Columns that an index can sort by; the others would be slow on a large store. */
const SORTABLE: Readonly<Record<string, "time" | "severity" | "count">> = {
  lastAt: "time",
  severity: "severity",
  detectionCount: "count",
};

export function AlertsTable(props: AlertsTableProps) {
  const { rows, told, filter, zone, now, newer, older, assignees, empty } = props;
  const [picked, setPicked] = useState<Picked | null>(null);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const queue = useMemo(() => {
    const pick = (value: Picked) => {
      setPicked(value);
      setMenuOpen(true);
    };
    return { zone, now, filter, told, pick };
  }, [zone, now, filter, told]);
  const { selection, select, result, finish, barRef } = useSelection();
  const table = useTable({
    features: alertFeatures,
    columns: assignees ? TRIAGE_COLUMNS : READ_COLUMNS,
    data: rows,
    getRowId: (row) => row.id,
    state: { rowSelection: selection },
    onRowSelectionChange: select,
    enableRowSelection: assignees !== null,
  });
  const goToBar = () => barRef.current?.querySelector("button")?.focus();
  const onKeyDown = onRowKey({
    x: (row) => row?.dataset.row && table.getRow(row.dataset.row).toggleSelected(),
    a: goToBar,
  });

  return (
    <QueueContext value={queue}>
      {empty}
      <div className={`${lines.scroll} ${classes.frame}`} hidden={rows.length === 0}>
        <table className={`${lines.table} ${classes.table}`} onKeyDown={onKeyDown}>
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
              <tr
                key={row.id}
                data-row={row.id}
                data-selected={row.getIsSelected()}
                data-suppressed={row.original.status === "new" && isSuppressed(row.original)}
              >
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
        {rows.length > 0 ? <span className={classes.zone}>Times in {zone}</span> : null}
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
      {assignees ? (
        <SelectedAlerts
          selected={rows.filter(({ id }) => selection[id])}
          assignees={assignees}
          result={result}
          finish={finish}
          barRef={barRef}
        />
      ) : null}
      <ValueMenu
        picked={picked && menuOf(picked, filter)}
        opened={isMenuOpen}
        close={() => setMenuOpen(false)}
      />
    </QueueContext>
  );
}

function menuOf({ key, value, words, anchor }: Picked, filter: AlertFilter): PickedValue {
  const go = (set: "only" | "include" | "exclude") => alertsHref(filter, { choice: { key, value, set } });
  return {
    label: `${FILTER_WORDS[key]}: ${words}`,
    copy: words,
    only: go("only"),
    include: go("include"),
    exclude: go("exclude"),
    open: [
      ...(key === "actor" ? [{ words: "Open the actor", href: `/actors/${value}` as Route }] : []),
      ...(EVENT_KEY_OF[key]
        ? [
            {
              words: "Its events",
              href: `/events?${new URLSearchParams({ [EVENT_KEY_OF[key]]: value })}` as Route,
            },
          ]
        : []),
    ],
    anchor,
  };
}

/** The kinds of values by which events are found, too. */
const EVENT_KEY_OF: Readonly<Partial<Record<ChoiceKey, EventChoiceKey>>> = {
  actor: "actor",
  image: "image",
  address: "address",
  account: "account",
  operation: "operation",
};

/** What is selected, and what became of the last selection. The focus follows the result: the buttons are gone by then. */
function useSelection() {
  const [selection, setSelection] = useState<RowSelectionState>({});
  const [result, setResult] = useState<string | null>(null);
  const barRef = useRef<HTMLElement>(null);
  const select = (change: Updater<RowSelectionState>) => {
    setSelection(change);
    setResult(null);
  };
  const finish = (told: string | null) => {
    setSelection({});
    setResult(told);
  };
  useEffect(() => {
    if (result !== null) barRef.current?.focus();
  }, [result]);
  return { selection, select, result, finish, barRef };
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
