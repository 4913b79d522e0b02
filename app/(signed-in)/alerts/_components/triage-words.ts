import type { Verdict, VerdictReason } from "#lib/triage/alert.ts";
import type { MoveName } from "#lib/triage/move.ts";

type Explained = { words: string; means: string };

export const VERDICT_WORDS = {
  true_positive: { words: "true positive", means: "An attack, or work that nobody should have done." },
  benign_true_positive: { words: "benign true positive", means: "It happened as it says, and was expected." },
  false_positive_logic: { words: "false positive: logic", means: "The rule fires on more than it should." },
  false_positive_data: { words: "false positive: data", means: "The log is wrong or lacks something." },
  undetermined: { words: "undetermined", means: "What is known does not decide it." },
  duplicate: { words: "duplicate", means: "Another alert tells of the same." },
} as const satisfies Record<Verdict, Explained>;

export const REASON_WORDS = {
  confirmed_attack: { words: "confirmed attack", means: "Somebody hostile did it." },
  policy_violation: { words: "policy violation", means: "One of ours, against the rules." },
  expected_change: { words: "expected change", means: "A person's planned work." },
  expected_automation: { words: "expected automation", means: "A pipeline or a scheduled job." },
  authorised_test: { words: "authorised test", means: "A penetration test, red team or drill." },
  rule_too_wide: { words: "rule too wide", means: "It matches harmless work." },
  wrong_or_missing_data: { words: "wrong or missing data", means: "A record is wrong, late or incomplete." },
  not_enough_evidence: { words: "not enough evidence", means: "The logs do not reach far enough." },
  same_incident: { words: "same incident", means: "It is handled with the other alert." },
  other: { words: "other", means: "The text says what." },
} as const satisfies Record<VerdictReason, Explained>;

type MoveWords = {
  /** On the button; with an ellipsis when something is asked first. */
  button: string;
  /** Over the dialog, before the alerts' name. */
  title: string;
  /** What somebody did: "Dana took it". */
  did: string;
  /** What became of several: "3 taken". */
  done: string;
};

export const MOVE_WORDS = {
  take: { button: "Take", title: "Take", did: "took it", done: "taken" },
  assign: { button: "Assign…", title: "Assign", did: "assigned it", done: "assigned" },
  wait: { button: "Wait…", title: "Wait with", did: "set it to waiting", done: "set to waiting" },
  escalate: { button: "Escalate…", title: "Escalate", did: "escalated it", done: "escalated" },
  resume: { button: "Resume", title: "Resume", did: "resumed it", done: "resumed" },
  close: { button: "Close…", title: "Close", did: "closed it", done: "closed" },
  reopen: { button: "Reopen…", title: "Reopen", did: "reopened it", done: "reopened" },
  comment: { button: "Comment…", title: "Comment on", did: "commented", done: "commented on" },
} as const satisfies Record<MoveName, MoveWords>;
