import { COLUMNS, type RowList } from "#lib/organisation/columns.ts";
import lines from "../../../../../_ui/table.module.css";
import { COLUMN_WORDS, cellWords } from "../../../_components/words.ts";
import type { CsvPreview, PreviewLine } from "../preview.ts";
import classes from "./csv-import.module.css";

/** The lines of a file, those first that cannot be taken. */
export function PreviewTable({ list, preview }: { list: RowList; preview: CsvPreview }) {
  const { refusedLines, refused, added, changed, removed } = preview;
  const changes = added + changed + removed;
  return (
    <>
      {refusedLines.length > 0 ? (
        <section className={classes.section} aria-label="Lines that cannot be taken">
          <h2>Lines that cannot be taken</h2>
          <ul className={classes.refused}>
            {refusedLines.map(({ line, faults }) => (
              <li key={line}>
                <strong>Line {line}</strong>
                {faults.map(({ column, value, expected }) => (
                  <span key={column}>
                    {column === "" ? ": " : `, ${column}: `}
                    {value === "" ? "nothing" : <q title={value}>{value}</q>} is there, expected was{" "}
                    {expected}.
                  </span>
                ))}
              </li>
            ))}
          </ul>
          {refused > refusedLines.length ? <p>The first {refusedLines.length} are shown.</p> : null}
        </section>
      ) : null}
      {changes > 0 ? (
        <section aria-label="What would change">
          <h2 className={classes.title}>What would change</h2>
          <div className={lines.scroll}>
            <table className={lines.table}>
              <thead>
                <tr>
                  <th scope="col" className="number">
                    Line
                  </th>
                  <th scope="col">What</th>
                  {COLUMNS[list].map((column) => (
                    <th key={column} scope="col">
                      {COLUMN_WORDS[column]?.label ?? column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {preview.lines.map((line) => (
                  <Row
                    key={`${line.what} ${COLUMNS[list].map((column) => line.draft[column]).join(" ")}`}
                    list={list}
                    line={line}
                  />
                ))}
              </tbody>
            </table>
          </div>
          {changes > preview.lines.length ? (
            <p className={classes.rest}>
              {preview.lines.length.toLocaleString("en-GB")} of {changes.toLocaleString("en-GB")} are shown.
            </p>
          ) : null}
        </section>
      ) : null}
    </>
  );
}

function Row({ list, line: { what, line, draft, before } }: { list: RowList; line: PreviewLine }) {
  return (
    <tr>
      <td className="number">{line ?? <span className="secondary">–</span>}</td>
      <td>{what}</td>
      {COLUMNS[list].map((column) => {
        const [is, was] = [draft[column] ?? "", before[column]];
        return (
          <td key={column} title={was === undefined ? is : `${was} → ${is}`}>
            {was === undefined ? null : (
              <>
                <del>
                  <bdi>{was === "" ? "nothing" : cellWords(list, column, was)}</bdi>
                </del>{" "}
                →{" "}
              </>
            )}
            <bdi>{is === "" && was === undefined ? "–" : cellWords(list, column, is)}</bdi>
          </td>
        );
      })}
    </tr>
  );
}
