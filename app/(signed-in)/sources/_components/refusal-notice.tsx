import type { SourceRefusal } from "../actions.ts";
import classes from "./problem-notice.module.css";
import { ProblemNotice } from "./problem-notice.tsx";
import { refusalSentence } from "./refusal.ts";

type RefusalNoticeProps = {
  refusal: SourceRefusal;
  /** What is wrong with fields stands beside them, so that here it is only said that it does. */
  besideFields?: boolean;
};

/** Why something was not done. */
export function RefusalNotice({ refusal, besideFields = false }: RefusalNoticeProps) {
  if (refusal.kind === "sumo") return <ProblemNotice problem={refusal.problem} isAnswer />;
  const sentence =
    besideFields && refusal.kind === "invalid-input" && refusal.issues.every(({ path }) => path !== "")
      ? "Not everything is filled in rightly: see beside the fields."
      : refusalSentence(refusal);
  return (
    <p className={classes.refusal} role="alert">
      {sentence}
    </p>
  );
}
