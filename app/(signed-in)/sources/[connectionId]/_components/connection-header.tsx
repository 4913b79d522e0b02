import Link from "next/link";
import { healthOf } from "#lib/sumo/health.ts";
import classes from "../../_components/connection-header.module.css";
import { HealthMark } from "../../_components/health-mark.tsx";
import { ProblemNotice } from "../../_components/problem-notice.tsx";
import { ConnectionMoves } from "./connection-moves.tsx";
import type { SectionProps } from "./section-props.ts";

/** Which connection, how it does in a sentence, and what can be done. */
export function ConnectionHeader({ connection, mayManage, now }: SectionProps) {
  const { id, revision, name, enabled, accessIdEnd, problem } = connection;
  const { state, sentence } = healthOf(connection, now);
  return (
    <header className={classes.header}>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <Link href="/sources">Sources</Link>
      </nav>
      <div className={classes.line}>
        <h1 className={classes.name}>{name}</h1>
        <HealthMark state={state} />
      </div>
      <p className={classes.sentence}>{sentence}</p>
      {problem ? (
        <div className={classes.problem}>
          <ProblemNotice problem={problem} />
        </div>
      ) : null}
      {mayManage ? (
        <ConnectionMoves seen={{ id, revision }} name={name} enabled={enabled} accessIdEnd={accessIdEnd} />
      ) : null}
    </header>
  );
}
