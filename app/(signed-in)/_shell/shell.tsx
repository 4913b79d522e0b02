import type { ReactNode } from "react";
import { may } from "#lib/access/permission.ts";
import type { Person } from "#lib/access/person.ts";
import { countExpiringEntries } from "#lib/allowlist/queries/entries.ts";
import { countRejected } from "#lib/ingest/health/queries.ts";
import { UploadsSign } from "../_uploads/uploads-sign.tsx";
import { countTrouble } from "../sources/source-standings.ts";
import { NavLink } from "./nav-link.tsx";
import { PersonMenu } from "./person-menu.tsx";
import classes from "./shell.module.css";

/** The frame around every page: where one is, and where one can go. */
export async function Shell({ person, children }: { person: Person; children: ReactNode }) {
  const now = new Date();
  const [expiring, trouble, rejected] = await Promise.all([
    may(person, "allowlist.read") ? countExpiringEntries(now) : 0,
    may(person, "sources.read") ? countTrouble(now) : 0,
    may(person, "imports.read") ? countRejected(now) : 0,
  ]);
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        Skip to content
      </a>
      <nav className={classes.rail} aria-label="Main">
        <p className={classes.brand}>
          <span className={classes.mark} aria-hidden="true" />
          <span className={classes.word}>Barnacle</span>
        </p>
        <ul className={classes.links}>
          <NavLink href="/alerts" label="Alerts" icon="alerts" />
          <NavLink href="/actors" label="Actors" icon="actors" />
          <NavLink href="/events" label="Events" icon="events" />
          <NavLink href="/trends" label="Trends" icon="trends" />
          <NavLink
            href="/allowlist"
            label="Allowlist"
            icon="allowlist"
            attention={expiring === 0 ? null : { mark: expiring, words: "about to expire" }}
          />
          <NavLink
            href="/imports"
            label="Imports"
            icon="imports"
            attention={rejected === 0 ? null : { mark: rejected, words: "rejected in the last 24 h" }}
            sign={may(person, "imports.create") ? <UploadsSign personId={person.id} /> : null}
          />
          <NavLink
            href="/sources"
            label="Sources"
            icon="sources"
            attention={trouble === 0 ? null : { mark: trouble, words: troubleWords(trouble) }}
          />
          <NavLink href="/rules" label="Rules" icon="rules" />
          {may(person, "people.manage") ? <NavLink href="/people" label="People" icon="people" /> : null}
          <NavLink href="/settings" label="Settings" icon="settings" />
        </ul>
        <PersonMenu name={person.name} email={person.email} role={person.role} />
      </nav>
      <main id="content" className={classes.content} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function troubleWords(trouble: number): string {
  return trouble === 1 ? "needs somebody" : "need somebody";
}
