import type { ChangeExample, OrganisationChange } from "#lib/organisation/change.ts";
import { Time } from "../../../_ui/time.tsx";
import classes from "./settings.module.css";
import { countWords, LIST_WORDS } from "./words.ts";

type ChangesProps = { changes: OrganisationChange[]; zone: string; now: Date };

/** Who changed what, with how the first of its rows were and are. */
export function Changes({ changes, zone, now }: ChangesProps) {
  if (changes.length === 0) return null;
  return (
    <section className={classes.section} aria-label="Who changed it">
      <h2>Who changed it</h2>
      <ol className={classes.list}>
        {changes.map((change) => (
          <li key={change.revision}>
            <strong>
              <bdi>{change.by ?? "Somebody"}</bdi>
            </strong>
            , <Time time={change.at} zone={zone} now={now} />: {changeSentence(change)}
            <details>
              <summary>
                {change.examples.length < change.added + change.changed + change.removed
                  ? `The first ${change.examples.length}`
                  : "What exactly"}
              </summary>
              <ul className={classes.list}>
                {change.examples.map((example) => (
                  <li key={example.name}>
                    <code>{example.name}</code>: <bdi>{exampleWords(example)}</bdi>
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}

function changeSentence({ list, how, added, changed, removed }: OrganisationChange): string {
  const deeds = [
    [added, "added"],
    [changed, "changed"],
    [removed, "removed"],
  ] as const;
  const words = deeds
    .filter(([count]) => count > 0)
    .map(([count, did]) =>
      list === "hours" ? `${did} the ${LIST_WORDS.hours.one}` : `${did} ${countWords(list, count)}`,
    );
  return `${words.join(", ")}${how === "csv" ? " by CSV" : ""}.`;
}

function exampleWords({ before, after }: ChangeExample): string {
  if (before === null) return fieldsOf(after);
  if (after === null) return `was ${fieldsOf(before)}`;
  return `${fieldsOf(before)} → ${fieldsOf(after)}`;
}

function fieldsOf(row: unknown): string {
  if (typeof row !== "object" || row === null) return "";
  return Object.entries(row)
    .filter(([name, value]) => value !== null && !["cidr", "platform", "id", "pattern"].includes(name))
    .map(([name, value]) => `${name === "isOwn" ? "own" : name} ${valueWords(value)}`)
    .join(", ");
}

function valueWords(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return Array.isArray(value) ? value.join(" ") : `“${String(value)}”`;
}
