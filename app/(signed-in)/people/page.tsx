import type { Metadata } from "next";
import { listOpenInvitations, listPeople } from "#lib/access/queries.ts";
import { requirePermission } from "../../_access/current-person.ts";
import { PageHeader } from "../../_ui/page-header.tsx";
import { readerZone } from "../../_ui/zone.ts";
import { Invitations } from "./_components/invitations.tsx";
import { InviteButton } from "./_components/invite-button.tsx";
import { PeopleTable } from "./_components/people-table.tsx";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const admin = await requirePermission("people.manage");
  const now = new Date();
  const [people, invitations, zone] = await Promise.all([
    listPeople(),
    listOpenInvitations(now),
    readerZone(),
  ]);
  return (
    <>
      <PageHeader title="People">
        <InviteButton />
      </PageHeader>
      <PeopleTable people={people} selfId={admin.id} zone={zone} now={now} />
      <Invitations invitations={invitations} zone={zone} now={now} />
    </>
  );
}
