"use client";

import { Checkbox } from "@mantine/core";
import { createColumnHelper, type Row, rowSelectionFeature, tableFeatures } from "@tanstack/react-table";
import Link from "next/link";
import { type AlertRow, alertName, subjectWords, tellingClass } from "#lib/triage/alert.ts";
import { shortSentence } from "#lib/triage/sentence.ts";
import { tellingFirst } from "#lib/triage/verbs.ts";
import { AccountName } from "../../../_ui/account-name.tsx";
import { MachineText } from "../../../_ui/machine-text.tsx";
import lines from "../../../_ui/table.module.css";
import { Time } from "../../../_ui/time.tsx";
import { InferredClient } from "../../events/_components/inferred-client.tsx";
import { alertHref } from "../search-params.ts";
import classes from "./alerts-table.module.css";
import { OperationText } from "./operation-text.tsx";
import { useQueue } from "./queue-context.ts";
import { SeverityMark } from "./severity-mark.tsx";
import { StatusCell } from "./status-cell.tsx";
import { Value } from "./value.tsx";
import { CLASS_WORDS, OUTCOME_WORDS, PLATFORM_WORDS } from "./words.ts";

/** The server filters, sorts and pages: the table only knows what is selected. */
export const alertFeatures = tableFeatures({ rowSelectionFeature });
const column = createColumnHelper<typeof alertFeatures, AlertRow>();

/** For those who may act on several alerts at once. */
export const selectColumn = column.display({
  id: "select",
  header: ({ table }) => (
    <Checkbox
      size="xs"
      aria-label="Select all alerts of this page"
      checked={table.getIsAllPageRowsSelected()}
      indeterminate={table.getIsSomePageRowsSelected() && !table.getIsAllPageRowsSelected()}
      onChange={table.getToggleAllPageRowsSelectedHandler()}
    />
  ),
  cell: ({ row }) => <SelectCell row={row} />,
});

export const alertColumns = column.columns([
  column.accessor("number", { header: "Alert", cell: ({ row }) => <NumberCell alert={row.original} /> }),
  column.accessor("lastAt", { header: "Time", cell: ({ row }) => <TimeCell alert={row.original} /> }),
  column.accessor("severity", {
    header: "Severity",
    cell: ({ row: { original } }) => (
      <Value of="severity" value={original.severity}>
        <SeverityMark severity={original.severity} score={original.score} />
      </Value>
    ),
  }),
  column.accessor("status", { header: "Status", cell: ({ row }) => <StatusCell alert={row.original} /> }),
  column.accessor("platform", {
    header: "Platform",
    cell: ({ getValue }) => (
      <Value of="platform" value={getValue()} words={PLATFORM_WORDS[getValue()]}>
        {PLATFORM_WORDS[getValue()]}
      </Value>
    ),
  }),
  column.accessor("accounts", {
    id: "account",
    header: "Account",
    cell: ({ getValue }) => <Several of="account" values={getValue()} />,
  }),
  column.accessor("regions", {
    header: "Region",
    cell: ({ getValue }) => <Several of="region" values={getValue()} />,
  }),
  column.accessor("operations", {
    header: "Operations",
    cell: ({ row }) => <OperationsCell alert={row.original} />,
  }),
  column.accessor("actor", { header: "Actor", cell: ({ row }) => <ActorCell alert={row.original} /> }),
  column.accessor("image", { header: "Image", cell: ({ row }) => <ImageCell alert={row.original} /> }),
  column.accessor("sourceIps", { header: "Source", cell: ({ row }) => <SourceCell alert={row.original} /> }),
  column.accessor("detectionCount", {
    header: "Count",
    cell: ({ getValue }) => <span>{getValue().toLocaleString("en-GB")}</span>,
  }),
]);

function SelectCell({ row }: { row: Row<typeof alertFeatures, AlertRow> }) {
  return (
    <Checkbox
      size="xs"
      className={classes.select}
      aria-label={`Select ${alertName(row.original.number)}`}
      checked={row.getIsSelected()}
      onChange={row.getToggleSelectedHandler()}
    />
  );
}

/** The story in short on hover: the row has the rest. */
function NumberCell({ alert }: { alert: AlertRow }) {
  const tags = useQueue().told.tags.get(alert.id) ?? [];
  const actors = alert.actor ? [{ ...alert.actor, kind: "unknown" }] : [];
  return (
    <Link
      href={alertHref(alert.number)}
      className={lines.open}
      title={shortSentence({ ...alert, tags, actors })}
      prefetch={false}
    >
      {alertName(alert.number)}
    </Link>
  );
}

function TimeCell({ alert }: { alert: AlertRow }) {
  const { zone, now } = useQueue();
  return <Time time={alert.lastAt} zone={zone} now={now} />;
}

/** What was done; how it ended when that is not what one expects. */
function OperationsCell({ alert: { operations, outcome } }: { alert: AlertRow }) {
  const several = <Several of="operation" values={tellingFirst(operations)} />;
  if (outcome === "success") return several;
  return (
    <span className={classes.several}>
      {several}
      <span className={classes.firm}>
        <Value of="outcome" value={outcome} words={OUTCOME_WORDS[outcome]}>
          <span className={classes.class}>{OUTCOME_WORDS[outcome]}</span>
        </Value>
      </span>
    </span>
  );
}

function ActorCell({ alert: { actor, actorCount } }: { alert: AlertRow }) {
  if (!actor) return <None />;
  return (
    <span className={classes.several}>
      <Value of="actor" value={actor.id} words={actor.name}>
        <AccountText account={actor.name} />
      </Value>
      <More count={actorCount - 1} />
    </span>
  );
}

function ImageCell({ alert: { id, image, subject } }: { alert: AlertRow }) {
  const [tag, ...others] = useQueue().told.tags.get(id) ?? [];
  if (!image) return <span className="secondary">{subjectWords(subject)}</span>;
  const text = tag === undefined ? image.name : `${image.name}:${tag}`;
  return (
    <span className={classes.several}>
      <Value of="image" value={image.id} words={image.name} label={text}>
        <MachineText
          text={text}
          whole={[text, ...others.map((other) => `${image.name}:${other}`)].join("\n")}
        />
      </Value>
      {others.length > 0 ? <span className={classes.more}>+</span> : null}
    </span>
  );
}

function SourceCell({ alert: { id, sourceIps, addressClasses } }: { alert: AlertRow }) {
  const client = useQueue().told.clients.get(id);
  const [first] = sourceIps;
  const telling = tellingClass(addressClasses);
  if (first === undefined) return <None />;
  if (client && client.kind !== "unknown") {
    return (
      <span className={classes.several} data-hidden="true">
        <Value of="address" value={first}>
          <MachineText text={first} />
        </Value>
        <InferredClient behind={client} isShort />
      </span>
    );
  }
  return (
    <span className={classes.several}>
      <Value of="address" value={first}>
        <MachineText text={first} />
      </Value>
      <More count={sourceIps.length - 1} />
      <Value of="class" value={telling} words={CLASS_WORDS[telling]}>
        <span className={classes.class}>{CLASS_WORDS[telling]}</span>
      </Value>
    </span>
  );
}

type SeveralProps = { of: "account" | "region" | "operation"; values: string[] };

function Several({ of, values }: SeveralProps) {
  const [first, ...others] = values;
  if (first === undefined) return <None />;
  return (
    <span className={classes.several} title={values.join("\n")}>
      <Value of={of} value={first}>
        <One of={of} value={first} />
      </Value>
      <More count={others.length} />
    </span>
  );
}

function One({ of, value }: { of: SeveralProps["of"]; value: string }) {
  switch (of) {
    case "account":
      return <AccountText account={value} />;
    case "operation":
      return <OperationText operation={value} className={classes.text} />;
    case "region":
      return <span className={classes.text}>{value}</span>;
  }
}

function AccountText({ account }: { account: string }) {
  return <AccountName account={account} name={useQueue().told.accounts.get(account)} />;
}

function More({ count }: { count: number }) {
  return count > 0 ? <span className={classes.more}>+{count}</span> : null;
}

function None() {
  return <span className="secondary">–</span>;
}
