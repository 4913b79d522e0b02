import { TriangleAlert } from "lucide-react";
import { isSumoProblemReason, SUMO_PROBLEMS } from "#lib/sumo/problem.ts";
import classes from "./problem-notice.module.css";

type ProblemNoticeProps = {
  /** As it was stored: one of another version may be unknown to this one. */
  problem: { reason: string; detail: string };
  /** Whether it is the answer to something that was just done, which is then read out. */
  isAnswer?: boolean;
};

/** What is wrong, what to do, and what Sumo said. */
export function ProblemNotice({ problem: { reason, detail }, isAnswer = false }: ProblemNoticeProps) {
  const { sentence, todo } = problemWords(reason);
  return (
    <div className={classes.notice} role={isAnswer ? "alert" : undefined}>
      <TriangleAlert size={16} aria-hidden="true" className={classes.icon} />
      <div className={classes.words}>
        <p>
          <strong>{sentence}</strong>
        </p>
        <p>{todo}</p>
        {detail ? (
          <p className={classes.detail}>
            <bdi>{detail}</bdi>
          </p>
        ) : null}
      </div>
    </div>
  );
}

export function problemWords(reason: string): { sentence: string; todo: string } {
  return isSumoProblemReason(reason)
    ? SUMO_PROBLEMS[reason]
    : { sentence: "Something went wrong that this version of Barnacle does not know.", todo: "Retry." };
}
