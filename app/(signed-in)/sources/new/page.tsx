import type { Metadata } from "next";
import { env } from "#lib/env.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { FormHeader } from "../../../_ui/form-header.tsx";
import { ConnectionForm } from "../_form/connection-form.tsx";
import { EMPTY_DRAFT } from "../_form/draft.ts";

export const metadata: Metadata = { title: "Connect Sumo Logic" };

export default async function NewConnectionPage() {
  await requirePermission("sources.manage");
  return (
    <>
      <FormHeader title="Connect Sumo Logic" path={[{ name: "Sources", href: "/sources" }]} />
      <ConnectionForm initial={EMPTY_DRAFT} seen={null} allowedOrigins={env().sumoUrls} />
    </>
  );
}
