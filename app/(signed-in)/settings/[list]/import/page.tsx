import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { requirePermission } from "../../../../_access/current-person.ts";
import { FormHeader } from "../../../../_ui/form-header.tsx";
import { LIST_WORDS } from "../../_components/words.ts";
import { rowListOf } from "../../search-params.ts";
import { CsvImport } from "./_components/csv-import.tsx";

export const metadata: Metadata = { title: "Import CSV" };

export default async function ImportListPage({ params }: PageProps<"/settings/[list]/import">) {
  await requirePermission("organisation.manage");
  const list = rowListOf((await params).list) ?? notFound();
  return (
    <>
      <FormHeader
        title="Import CSV"
        path={[
          { name: "Settings", href: "/settings" },
          { name: LIST_WORDS[list].title, href: `/settings/${list}` as Route },
        ]}
      />
      <CsvImport list={list} />
    </>
  );
}
