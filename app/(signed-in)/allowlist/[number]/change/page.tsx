import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { entryName } from "#lib/allowlist/entry.ts";
import { getEntry } from "#lib/allowlist/queries/entry.ts";
import { requirePermission } from "../../../../_access/current-person.ts";
import { FormHeader } from "../../../../_ui/form-header.tsx";
import { EntryBuilder } from "../../_builder/entry-builder.tsx";
import { entryHref } from "../../search-params.ts";
import { entryNumber } from "../entry-number.ts";

type Props = PageProps<"/allowlist/[number]/change">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Change ALW-${(await params).number}` };
}

export default async function ChangeEntryPage({ params }: Props) {
  const person = await requirePermission("allowlist.draft");
  const number = entryNumber((await params).number);
  const entry = number === null ? null : await getEntry(number);
  if (!entry) notFound();
  return (
    <>
      <FormHeader
        title={`Change ${entryName(entry.number)}`}
        path={[
          { name: "Allowlist", href: "/allowlist" },
          { name: entryName(entry.number), href: entryHref(entry.number) },
        ]}
        about={entry.title}
      />
      <EntryBuilder person={person} entry={entry} />
    </>
  );
}
