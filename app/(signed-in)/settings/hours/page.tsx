import type { Metadata } from "next";
import { may } from "#lib/access/permission.ts";
import { countLists, getWorkingHours } from "#lib/organisation/queries/lists.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { readerZone } from "../../../_ui/zone.ts";
import { HoursForm } from "../_components/hours-form.tsx";
import { ReachLine } from "../_components/reach-line.tsx";
import classes from "../_components/settings.module.css";
import { SettingsTabs } from "../_components/settings-tabs.tsx";
import { LIST_WORDS } from "../_components/words.ts";

export const metadata: Metadata = { title: "Working hours" };

export default async function HoursPage() {
  const person = await requirePermission("organisation.read");
  const [{ hours, revision }, counts, zone] = await Promise.all([
    getWorkingHours(),
    countLists(),
    readerZone(),
  ]);
  const mayManage = may(person, "organisation.manage");
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs here="hours" counts={counts} />
      <ReachLine mayManage={mayManage} />
      <p className={classes.about}>{LIST_WORDS.hours.about}</p>
      <HoursForm key={revision} hours={hours} revision={revision} zone={zone} isReadOnly={!mayManage} />
    </>
  );
}
