import type { SourceRefusal } from "../actions.ts";
import classes from "./problem-notice.module.css";
import { ProblemNotice } from "./problem-notice.tsx";
import { refusalSentence } from "./refusal.ts";

/** Why something was not done. What stands beside fields is said there, and here only that it is. */
export function RefusalNotice({ refusal }: { refusal: SourceRefusal }) {
  if (refusal.kind === "sumo") return <ProblemNotice problem={refusal.problem} isAnswer />;
  const sentence =
    refusal.kind === "invalid-input" && refusal.issues.every(({ path }) => path !== "")
      ? "Not everything is filled in rightly: see beside the fields."
      : refusalSentence(refusal);
  return (
    <p className={classes.refusal} role="alert">
      {sentence}
    </p>
  );
}
