import type { Sample } from "#lib/ingest/mappings/mapping.ts";
import lines from "../../../../_ui/table.module.css";
import classes from "./mapping-form.module.css";
import { columnWords } from "./words.ts";

const COLUMNS_SHOWN = 60;

/** The first rows of a table as they stand there. */
export function RawRows({ columns, sample }: { columns: readonly string[]; sample: Sample }) {
  if (sample.length === 0) return null;
  const shown = columns.slice(0, COLUMNS_SHOWN);
  const more = columns.length - shown.length;
  return (
    <section aria-label="The rows as they stand" className={classes.previewed}>
      <div className={classes.bar}>
        <h2>The rows as they stand</h2>
        {more > 0 ? (
          <p className="secondary">
            The first {COLUMNS_SHOWN} columns; {more.toLocaleString("en-GB")} more are not shown here.
          </p>
        ) : null}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section className={lines.scroll} aria-label="Rows of the table" tabIndex={0}>
        <table className={`${lines.table} ${classes.preview}`}>
          <caption className="visually-hidden">The first rows of the table</caption>
          <thead>
            <tr>
              <th scope="col">Line</th>
              {shown.map((name) => (
                <th key={name} scope="col" className={classes.name} title={name}>
                  <bdi>{columnWords(name)}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sample.map((row) => (
              <tr key={row.line}>
                <td className="number">{row.line.toLocaleString("en-GB")}</td>
                {"cells" in row ? (
                  shown.map((name, at) => (
                    <td key={name} title={row.cells[at]}>
                      <bdi className="mono">{row.cells[at]}</bdi>
                    </td>
                  ))
                ) : (
                  <td colSpan={shown.length} className="secondary">
                    {row.problem}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
