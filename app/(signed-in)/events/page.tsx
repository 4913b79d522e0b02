import type { Metadata } from "next";
import { requirePermission } from "../../_access/current-person.ts";
import { PageHeader } from "../../_ui/page-header.tsx";

export const metadata: Metadata = { title: "Events" };

export default async function EventsPage() {
  await requirePermission("events.read");
  return <PageHeader title="Events" />;
}
