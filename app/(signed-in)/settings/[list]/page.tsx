import type { Metadata, Route } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { may } from "#lib/access/permission.ts";
import { env } from "#lib/env.ts";
import { countLists, listRows } from "#lib/organisation/queries/lists.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { PageHeader } from "../../../_ui/page-header.tsx";
import lines from "../../../_ui/table.module.css";
import { ListBar } from "../_components/list-bar.tsx";
import { ListTable } from "../_components/list-table.tsx";
import { ReachLine } from "../_components/reach-line.tsx";
import classes from "../_components/settings.module.css";
import { SettingsTabs } from "../_components/settings-tabs.tsx";
import { LIST_WORDS } from "../_components/words.ts";
import { listHref, listSearchSchema, rowListOf } from "../search-params.ts";

export const metadata: Metadata = { title: "Settings" };

export default async function ListPage({ params, searchParams }: PageProps<"/settings/[list]">) {
  const person = await requirePermission("organisation.read");
  const list = rowListOf((await params).list) ?? notFound();
  const { q, after } = listSearchSchema.parse(await searchParams);
  const [page, counts] = await Promise.all([listRows(list, { q, after }), countLists()]);
  const given = list === "networks" && after === null ? env().networks.filter((one) => one.includes(q)) : [];
  const mayManage = may(person, "organisation.manage");
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs here={list} counts={counts} />
      <ReachLine mayManage={mayManage} />
      <p className={classes.about}>{LIST_WORDS[list].about}</p>
      <ListBar list={list} q={q} page={page} mayManage={mayManage} />
      {page.rows.length + given.length === 0 ? (
        <p className={classes.empty}>{q === "" ? "Nothing is listed yet." : "Nothing contains that."}</p>
      ) : (
        <ListTable list={list} rows={page.rows} given={given} mayManage={mayManage} />
      )}
      <nav className={lines.pager} aria-label="Pages">
        {after === null ? null : <Link href={listHref(list, { q, after: null }) as Route}>First page</Link>}
        {page.next === null ? null : (
          <Link href={listHref(list, { q, after: page.next }) as Route}>Next</Link>
        )}
      </nav>
    </>
  );
}
