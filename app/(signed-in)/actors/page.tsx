import type { Metadata } from "next";
import { requirePermission } from "../../_access/current-person.ts";
import { PageHeader } from "../../_ui/page-header.tsx";

export const metadata: Metadata = { title: "Actors" };

export default async function ActorsPage() {
  await requirePermission("actors.read");
  return <PageHeader title="Actors" />;
}
