import type { Metadata, Route } from "next";
import Link from "next/link";
import { may } from "#lib/access/permission.ts";
import { ORGANISATION_LISTS } from "#lib/organisation/organisation.ts";
import { countLists, listOrganisationChanges } from "#lib/organisation/queries/lists.ts";
import { requirePermission } from "../../_access/current-person.ts";
import { PageHeader } from "../../_ui/page-header.tsx";
import { readerZone } from "../../_ui/zone.ts";
import { Changes } from "./_components/changes.tsx";
import { ReachLine } from "./_components/reach-line.tsx";
import classes from "./_components/settings.module.css";
import { SettingsTabs } from "./_components/settings-tabs.tsx";
import { LIST_WORDS } from "./_components/words.ts";
import { FirstSteps } from "./_first-steps/first-steps.tsx";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const person = await requirePermission("organisation.read");
  const [counts, changes, zone] = await Promise.all([countLists(), listOrganisationChanges(), readerZone()]);
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs here={null} counts={counts} />
      <ReachLine mayManage={may(person, "organisation.manage")} />
      <FirstSteps person={person} isAlways />
      <section className={classes.section} aria-label="What the organisation says of itself">
        <h2>What the organisation says of itself</h2>
        <ul className={classes.list}>
          {ORGANISATION_LISTS.map((list) => (
            <li key={list}>
              <Link href={`/settings/${list}` as Route}>{LIST_WORDS[list].title}</Link>{" "}
              <span className="secondary">{LIST_WORDS[list].about}</span>
            </li>
          ))}
        </ul>
      </section>
      <Changes changes={changes} zone={zone} now={new Date()} />
    </>
  );
}
