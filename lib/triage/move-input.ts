import { z } from "zod";
import { isStorable } from "#lib/storable.ts";
import { REASONS_OF, VERDICT_REASONS, VERDICTS, type VerdictReason } from "./alert.ts";

const MAX_TEXT = 10_000;
const MAX_LINK = 2_000;

const text = z
  .string({ error: "Write a text." })
  .trim()
  .max(MAX_TEXT, { error: `Use at most ${MAX_TEXT.toLocaleString("en-GB")} characters.` })
  .refine(isStorable, { error: "The text holds a character that cannot be stored." });
const optionalText = text.transform((given) => given || null).nullable();
const neededText = (error: string) => text.min(1, { error });

const caseLink = z
  .string()
  .trim()
  .max(MAX_LINK, { error: `Use at most ${MAX_LINK.toLocaleString("en-GB")} characters.` })
  .refine(isStorable, { error: "The address holds a character that cannot be stored." })
  .pipe(
    z.url({
      protocol: /^https?$/,
      error: "Enter the address of the case, such as https://tickets.example.com/IR-12.",
    }),
  );

/** Looked at after other faults too, so that all are named at once. */
const always = { when: () => true };

const closeSchema = z
  .strictObject({
    move: z.literal("close"),
    verdict: z.enum(VERDICTS, { error: "Choose a verdict." }),
    reasonClass: z.enum(VERDICT_REASONS, { error: "Choose a class of reason." }),
    text: neededText("Say in a sentence why."),
    /** Number of the alert that this one repeats. */
    duplicateOf: z
      .int({ error: "Enter the number of an alert, such as ALR-12." })
      .min(1, { error: "Enter the number of an alert, such as ALR-12." })
      .max(2_147_483_647, { error: "There is no alert of this number." })
      .nullable(),
  })
  .refine(({ verdict, duplicateOf }) => verdict !== "duplicate" || duplicateOf !== null, {
    ...always,
    error: "Name the alert of which this is a duplicate.",
    path: ["duplicateOf"],
  })
  .refine(({ verdict, duplicateOf }) => verdict === "duplicate" || duplicateOf === null, {
    error: "Only a duplicate names another alert.",
    path: ["duplicateOf"],
  })
  .refine(({ verdict, reasonClass }) => reasonsOf(verdict).includes(reasonClass), {
    error: "Choose a reason that goes with the verdict.",
    path: ["reasonClass"],
  });

function reasonsOf(verdict: keyof typeof REASONS_OF): readonly VerdictReason[] {
  return REASONS_OF[verdict];
}

/** What each change carries besides the alert. */
export const moveSchema = z.discriminatedUnion("move", [
  z.strictObject({ move: z.literal("take"), text: optionalText }),
  z.strictObject({ move: z.literal("assign"), assigneeId: z.guid().nullable(), text: optionalText }),
  z.strictObject({ move: z.literal("wait"), text: neededText("Say what it is waiting for.") }),
  z.strictObject({ move: z.literal("escalate"), caseLink, text: optionalText }),
  z.strictObject({ move: z.literal("resume"), text: optionalText }),
  closeSchema,
  z.strictObject({ move: z.literal("reopen"), text: neededText("Say why it is opened again.") }),
  z.strictObject({ move: z.literal("comment"), text: neededText("Write a comment.") }),
]);
export type MoveInput = z.infer<typeof moveSchema>;

/** An alert as the person saw it: the change is refused when it is no longer so. */
export const seenAlertSchema = z.strictObject({
  id: z.guid(),
  revision: z.int32().min(0),
  /** Read when the alert is closed: what came since was not judged. */
  detectionCount: z.int32().min(0),
});
export type SeenAlert = z.infer<typeof seenAlertSchema>;
