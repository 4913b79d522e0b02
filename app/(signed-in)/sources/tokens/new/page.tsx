import type { Metadata } from "next";
import { headers } from "next/headers";
import { listTokenSources } from "#lib/access/queries/tokens.ts";
import { env } from "#lib/env.ts";
import { requirePermission } from "../../../../_access/current-person.ts";
import { FormHeader } from "../../../../_ui/form-header.tsx";
import { TokenForm } from "../_components/token-form.tsx";

export const metadata: Metadata = { title: "Make a token" };

export default async function NewTokenPage() {
  await requirePermission("tokens.manage");
  const sources = await listTokenSources();
  // The address at which the admin reached us, unless the operator says better.
  const base = env().publicUrl ?? `http://${(await headers()).get("host") ?? "localhost"}`;
  return (
    <>
      <FormHeader
        title="Make a token"
        path={[
          { name: "Sources", href: "/sources" },
          { name: "Tokens", href: "/sources/tokens" },
        ]}
      />
      <TokenForm base={base} sources={sources} />
    </>
  );
}
