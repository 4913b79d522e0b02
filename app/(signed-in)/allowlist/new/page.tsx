import type { Metadata } from "next";
import { z } from "zod";
import { type DraftOffer, offerFromActor, offerFromAlert } from "#lib/allowlist/queries/offer.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { FormHeader } from "../../../_ui/form-header.tsx";
import { EntryBuilder } from "../_builder/entry-builder.tsx";

export const metadata: Metadata = { title: "New entry" };

const fromSchema = z.object({
  alert: z.coerce.number().int().positive().max(999_999_999).optional().catch(undefined),
  actor: z.guid().optional().catch(undefined),
});
type From = z.infer<typeof fromSchema>;

export default async function NewEntryPage({ searchParams }: PageProps<"/allowlist/new">) {
  const person = await requirePermission("allowlist.draft");
  const from = fromSchema.parse(await searchParams);
  const offer = await offerOf(from);
  return (
    <>
      <FormHeader
        title="New entry"
        path={[{ name: "Allowlist", href: "/allowlist" }]}
        about={originWords(from, offer)}
      />
      <EntryBuilder key={`${from.alert} ${from.actor}`} person={person} offer={offer} />
    </>
  );
}

async function offerOf({ alert, actor }: From): Promise<DraftOffer | null> {
  if (alert !== undefined) return await offerFromAlert(alert);
  return actor === undefined ? null : await offerFromActor(actor);
}

function originWords({ alert, actor }: From, offer: DraftOffer | null): string | null {
  if (alert === undefined && actor === undefined) return null;
  if (!offer) return "Nothing open was found to draft from.";
  return `Drafted from ${alert === undefined ? "what the actor does" : `ALR-${alert}`}. Take values in or out.`;
}
