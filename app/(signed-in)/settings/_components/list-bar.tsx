import { Button, TextInput } from "@mantine/core";
import type { Route } from "next";
import { MOST_ROWS, type RowList } from "#lib/organisation/columns.ts";
import type { RowPage } from "#lib/organisation/queries/lists.ts";
import { LinkButton } from "../../allowlist/_components/link-button.tsx";
import { RowForm } from "./row-form.tsx";
import classes from "./settings.module.css";
import { countWords } from "./words.ts";

type ListBarProps = { list: RowList; q: string; page: RowPage<unknown>; mayManage: boolean };

/** What can be done with a list as a whole. */
export function ListBar({ list, q, page, mayManage }: ListBarProps) {
  return (
    <div className={classes.bar}>
      <form action={`/settings/${list}`} aria-label="Search">
        <TextInput
          key={q}
          className={classes.search ?? ""}
          size="xs"
          name="q"
          aria-label="Contains"
          placeholder="Contains…"
          defaultValue={q}
          maxLength={200}
        />
        <Button size="xs" variant="default" type="submit">
          Search
        </Button>
      </form>
      <span className={classes.found}>
        {q === ""
          ? `${countWords(list, page.count)} of at most ${MOST_ROWS[list].toLocaleString("en-GB")}`
          : `${page.found.toLocaleString("en-GB")} of ${countWords(list, page.count)}`}
      </span>
      <span className={classes.acts}>
        {page.count > 0 ? (
          <Button
            size="xs"
            variant="default"
            component="a"
            href={`/api/organisation/${list}`}
            download
            className={classes.export ?? ""}
          >
            Export CSV
          </Button>
        ) : null}
        {mayManage ? (
          <>
            <LinkButton href={`/settings/${list}/import` as Route} size="xs">
              Import CSV
            </LinkButton>
            <RowForm list={list} seen={null} />
          </>
        ) : null}
      </span>
    </div>
  );
}
