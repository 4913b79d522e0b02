import type { Metadata } from "next";
import { env } from "#lib/env.ts";
import { requirePermission } from "../../../../_access/current-person.ts";
import { FormHeader } from "../../../../_ui/form-header.tsx";
import { ConnectionForm } from "../../_form/connection-form.tsx";
import { draftOf } from "../../_form/draft.ts";
import { connectionHref } from "../../search-params.ts";
import { connectionOf } from "../connection-of.ts";

export const metadata: Metadata = { title: "Change a connection" };

export default async function ChangeConnectionPage({ params }: PageProps<"/sources/[connectionId]/change">) {
  await requirePermission("sources.manage");
  const connection = await connectionOf((await params).connectionId, new Date());
  const { id, revision, name, accessIdEnd } = connection;
  return (
    <>
      <FormHeader
        title={`Change ${name}`}
        path={[
          { name: "Sources", href: "/sources" },
          { name, href: connectionHref(id) },
        ]}
      />
      <ConnectionForm
        initial={draftOf(connection)}
        seen={{ id, revision }}
        accessIdEnd={accessIdEnd}
        allowedOrigins={env().sumoUrls}
      />
    </>
  );
}
