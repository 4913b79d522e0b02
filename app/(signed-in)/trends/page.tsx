import type { Metadata } from "next";
import { requirePermission } from "../../_access/current-person.ts";
import { PageHeader } from "../../_ui/page-header.tsx";

export const metadata: Metadata = { title: "Trends" };

export default async function TrendsPage() {
  await requirePermission("trends.read");
  return <PageHeader title="Trends" />;
}
