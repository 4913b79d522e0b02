import { REFUSAL_WORDS } from "../../../_access/refusal-words.ts";
import type { PeopleFailure } from "../actions.ts";

export const FAILURE_SENTENCES = {
  ...REFUSAL_WORDS,
  "invalid-input": "That could not be understood. Reload the page and try again.",
  "no-such-person": "This person is no longer there, or was shut out.",
  "last-admin": "Somebody must be left who can let others in: make another person admin first.",
  "changed-meanwhile": "Another admin changed this person in the meantime. Look at the list again.",
  "link-unusable": "The invitation was used or revoked in the meantime.",
} as const satisfies Record<PeopleFailure, string>;
