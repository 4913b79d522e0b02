import type { Route } from "next";
import Link from "next/link";
import { ORGANISATION_LISTS, type OrganisationList } from "#lib/organisation/organisation.ts";
import classes from "./settings.module.css";
import { LIST_WORDS } from "./words.ts";

/** The pages of the settings, with how much is said on each. */
export function SettingsTabs({
  here,
  counts,
}: {
  here: OrganisationList | null;
  counts: Record<OrganisationList, number>;
}) {
  return (
    <nav className={classes.tabs} aria-label="Settings">
      <Link href="/settings" aria-current={here === null ? "page" : undefined}>
        Overview
      </Link>
      {ORGANISATION_LISTS.map((list) => (
        <Link
          key={list}
          href={`/settings/${list}` as Route}
          aria-current={here === list ? "page" : undefined}
        >
          {LIST_WORDS[list].title}{" "}
          {list === "hours" ? null : (
            <span className={classes.count}>{counts[list].toLocaleString("en-GB")}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}
