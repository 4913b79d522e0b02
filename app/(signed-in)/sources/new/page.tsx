import type { Metadata } from "next";
import { env } from "#lib/env.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { ConnectionForm } from "../_form/connection-form.tsx";
import { EMPTY_DRAFT } from "../_form/draft.ts";
import { FormHeader } from "../_form/form-header.tsx";

export const metadata: Metadata = { title: "Connect Sumo Logic" };

export default async function NewConnectionPage() {
  await requirePermission("sources.manage");
  return (
    <>
      <FormHeader title="Connect Sumo Logic" />
      <ConnectionForm initial={EMPTY_DRAFT} seen={null} allowedOrigins={env().sumoUrls} />
    </>
  );
}
