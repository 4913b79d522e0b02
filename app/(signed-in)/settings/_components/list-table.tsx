import { COLUMNS, KEY_COLUMNS, type RowList } from "#lib/organisation/columns.ts";
import type { StoredRow } from "#lib/organisation/queries/lists.ts";
import { draftOf, type RowOf } from "#lib/organisation/rows.ts";
import { MachineText } from "../../../_ui/machine-text.tsx";
import lines from "../../../_ui/table.module.css";
import { RemoveRow } from "./remove-row.tsx";
import { RowForm } from "./row-form.tsx";
import classes from "./settings.module.css";
import { COLUMN_WORDS, cellWords, LIST_WORDS } from "./words.ts";

type ListTableProps<List extends RowList> = {
  list: List;
  rows: StoredRow<RowOf[List]>[];
  /** Those that the environment names: they cannot be changed here. */
  given: readonly string[];
  mayManage: boolean;
};

export function ListTable<List extends RowList>({ list, rows, given, mayManage }: ListTableProps<List>) {
  const columns: readonly string[] = COLUMNS[list];
  return (
    <div className={lines.scroll}>
      <table className={`${lines.table} ${classes.table}`}>
        <caption className="visually-hidden">{LIST_WORDS[list].title}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {COLUMN_WORDS[column]?.label ?? column}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {given.map((network) => (
            <tr key={`given ${network}`}>
              <td className={classes.machine}>{network}</td>
              <td className="secondary">given by the environment (BARNACLE_NETWORKS)</td>
              <td />
            </tr>
          ))}
          {rows.map(({ key, revision, row }) => {
            const draft = draftOf(list, row);
            const name = KEY_COLUMNS[list].map((column) => draft[column]).at(-1) ?? key;
            return (
              <tr key={key}>
                {columns.map((column) => (
                  <td key={column} title={draft[column]}>
                    <Cell list={list} column={column} value={draft[column] ?? ""} />
                  </td>
                ))}
                <td>
                  {mayManage ? (
                    <span className={classes.moves}>
                      <RowForm list={list} seen={{ draft, revision, name }} />
                      <RemoveRow list={list} rowKey={key} revision={revision} name={name} />
                    </span>
                  ) : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ list, column, value }: { list: RowList; column: string; value: string }) {
  if (value === "") return <span className="secondary">–</span>;
  if (["network", "id", "pattern"].includes(column)) return <MachineText text={value} />;
  if (column === "importance")
    return (
      <span className={classes.weight} data-weight={value}>
        {value}
      </span>
    );
  return <bdi>{cellWords(list, column, value)}</bdi>;
}
