import type { ConnectionDraft } from "./draft.ts";

export type FieldsProps = {
  draft: ConnectionDraft;
  /** What was said against a part of it: `categories.aws`. */
  problemOf: (path: string) => string | undefined;
  change: (part: Partial<ConnectionDraft>) => void;
};
