import Link from "next/link";
import type { ReactNode } from "react";
import { type Entry, entryName } from "#lib/allowlist/entry.ts";
import { entrySentence } from "#lib/allowlist/sentence.ts";
import { accountNames } from "../../../../_organisation/names.ts";
import { formatTime } from "../../../../_ui/time.tsx";
import { accountsOf, SentenceText } from "../../_components/sentence-text.tsx";
import { StateMark } from "../../_components/state-mark.tsx";
import classes from "./entry-header.module.css";

type EntryHeaderProps = { entry: Entry; zone: string; now: Date; children: ReactNode };

/** Which entry, what it does, and what it hides in one sentence. */
export async function EntryHeader({ entry, zone, now, children }: EntryHeaderProps) {
  const until = formatTime(entry.expiresAt, zone, now).replace(/:\d\d$/, "");
  const accounts = await accountNames(accountsOf(entry.conditions));
  return (
    <header className={classes.header}>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <Link href="/allowlist">Allowlist</Link>
      </nav>
      <div className={classes.line}>
        <h1 className={classes.name}>{entryName(entry.number)}</h1>
        <StateMark state={entry.state} />
        <span className={classes.title}>{entry.title}</span>
        <div className={classes.moves}>{children}</div>
      </div>
      <p className={classes.sentence}>
        <SentenceText segments={entrySentence(entry, until)} accounts={accounts} />
      </p>
    </header>
  );
}
