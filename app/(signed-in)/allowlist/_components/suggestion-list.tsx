import type { Route } from "next";
import { REASON_CLASSES } from "#lib/allowlist/entry.ts";
import { listSuggestions, type Suggestion } from "#lib/allowlist/queries/suggestions.ts";
import { MachineText } from "../../../_ui/machine-text.tsx";
import lines from "../../../_ui/table.module.css";
import { HourStrip } from "./hour-strip.tsx";
import { LinkButton } from "./link-button.tsx";
import { noiseSentence } from "./noise-sentence.ts";
import classes from "./suggestion-list.module.css";

/** Who makes most of what is open, each with how it works, so that what is expected can be quietened. */
export async function SuggestionList({ mayDraft }: { mayDraft: boolean }) {
  const suggestions = await listSuggestions();
  if (suggestions.rows.length === 0) return null;
  return (
    <section className={classes.section} aria-label="Suggestions">
      <h2>{noiseSentence(suggestions)}</h2>
      <p className="secondary">
        What one of them does may be expected. A draft starts from what it has done; nothing is hidden before
        somebody enforces it.
      </p>
      <div className={lines.scroll}>
        <table className={`${lines.table} ${classes.table}`}>
          <caption className="visually-hidden">Actors with most open detections</caption>
          <thead>
            <tr>
              <th scope="col">Actor</th>
              <th scope="col">Share of open</th>
              <th scope="col">Images</th>
              <th scope="col">Operations</th>
              <th scope="col">User agents</th>
              <th scope="col">Sources</th>
              <th scope="col">Hours, UTC</th>
              <th scope="col">Looks like</th>
              {mayDraft ? (
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {suggestions.rows.map((row) => (
              <Row key={row.actor.id} row={row} mayDraft={mayDraft} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ row, mayDraft }: { row: Suggestion; mayDraft: boolean }) {
  const { actor, detections, share, images, imageCount, operations, agents, sources, hours, reasonClass } =
    row;
  return (
    <tr>
      <td title={actor.key}>
        <MachineText text={actor.name} />
      </td>
      <td>
        <Share share={share} detections={detections} />
      </td>
      <td>
        <Several values={images.map(({ name }) => name)} count={imageCount} />
      </td>
      <td>
        <Several values={operations.map(shortOperation)} count={operations.length} />
      </td>
      <td>
        <Several values={agents} count={agents.length} />
      </td>
      <td>
        <Several values={sources} count={sources.length} />
      </td>
      <td>
        <HourStrip hours={hours} />
      </td>
      <td title={REASON_CLASSES[reasonClass].label}>{REASON_CLASSES[reasonClass].label}</td>
      {mayDraft ? (
        <td className={classes.action}>
          <LinkButton
            href={`/allowlist/new?actor=${actor.id}` as Route}
            size="compact-xs"
            label={`Draft an entry for ${actor.name}`}
          >
            Draft an entry
          </LinkButton>
        </td>
      ) : null}
    </tr>
  );
}

function Share({ share, detections }: { share: number; detections: number }) {
  return (
    <span className={classes.share}>
      <svg
        viewBox="0 0 60 6"
        width="60"
        height="6"
        preserveAspectRatio="none"
        aria-hidden="true"
        className={classes.bar}
      >
        <rect width="60" height="6" className={classes.track} />
        <rect width={Math.max(1, 60 * share)} height="6" className={classes.part} />
      </svg>
      {Math.round(100 * share)} %<span className="secondary">{detections.toLocaleString("en-GB")}</span>
    </span>
  );
}

function Several({ values, count }: { values: readonly string[]; count: number }) {
  const [first] = values;
  if (first === undefined) return <span className="secondary">–</span>;
  return (
    <span className={classes.several} title={values.join("\n")}>
      <MachineText text={first} />
      {count > 1 ? <span className={classes.more}>+{count - 1}</span> : null}
    </span>
  );
}

/** An Azure operation begins with its provider, which says little. */
function shortOperation(operation: string): string {
  return operation.replace(/^microsoft\.(compute|containerregistry)\//i, "");
}
