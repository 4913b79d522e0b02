import { at, listAt, textAt } from "#lib/json.ts";
import type { LogEvent } from "#lib/logs/normalize/event.ts";
import type { Importance, Organisation } from "#lib/organisation/organisation.ts";
import { mainImage } from "./alert-key.ts";
import { type Addend, addendOf, BASE, type EVENT_POINTS, sumOf } from "./points.ts";
import type { Rule } from "./rule.ts";
import { foreignParties, isAttackTool, sharedWith } from "./signal.ts";

/** ECR's answer to a push over a tag of a repository whose tags may not move. */
export const OVERWRITE_REFUSED = "ImageTagAlreadyExistsException";
const DRY_RUN = "Client.DryRunOperation";

/** When each holds, in the order in which they are shown. */
const HOLDS: Readonly<
  Record<keyof typeof EVENT_POINTS, (event: LogEvent, organisation: Organisation) => boolean>
> = {
  "shared-with-everyone": (event) => sharedWith(event).includes("all"),
  "shared-with-foreign-account": (event, organisation) => foreignParties(event, organisation).length > 0,
  root: ({ actor }) => actor?.kind === "root",
  "attack-tool": ({ userAgent }) => isAttackTool(userAgent),
  external: (event) => event.isExternal === true,
  // Source: AWS IAM, "Unique identifiers": AKIA is a key that stays, ASIA one of a session.
  "long-lived-key": ({ actor, accessKey }) =>
    (actor?.kind === "person" || actor?.kind === "root") && accessKey?.startsWith("AKIA") === true,
  // Only of IAM users and root is it known: every federated session says false.
  "no-mfa": ({ details }) => textAt(at(details ?? undefined, "mfa")) === "false",
  "off-hours": ({ actor, occurredAt }, organisation) =>
    actor?.kind === "person" && organisation.isOffHours(occurredAt),
  important: (event, organisation) => importanceOf(event, organisation) === "high",
  critical: (event, organisation) => importanceOf(event, organisation) === "critical",
  "overwrite-refused": ({ errorCode }) => errorCode === OVERWRITE_REFUSED,
  unshared: (event) =>
    listAt(event.details ?? undefined, "unsharedFrom").length > 0 && sharedWith(event).length === 0,
  // What is refused here tells of an intent that the next call may carry out.
  failed: (event) =>
    event.outcome === "failure" && event.errorCode !== OVERWRITE_REFUSED && !isDryRunOfWorkload(event),
  "dry-run": isDryRunOfWorkload,
  service: ({ actor }) => actor?.kind === "service",
};

const IDS = Object.keys(HOLDS) as (keyof typeof EVENT_POINTS)[];

/**
 * What a rule's detection on an event scores by itself, between 0 and 100, with what it is made of. What is stored of the
 * time before adds to it: `historyAddends`.
 */
export function scoreOf(
  event: LogEvent,
  rule: Rule,
  organisation: Organisation,
): { score: number; addends: Addend[] } {
  const base = { id: BASE, points: rule.base, why: "base of the rule" };
  const addends = [base, ...IDS.filter((id) => HOLDS[id](event, organisation)).map((id) => addendOf(id))];
  return { score: sumOf(addends), addends };
}

function importanceOf(event: LogEvent, organisation: Organisation): Importance {
  const { platform, account } = event;
  return organisation.importanceOf({ platform, account, image: mainImage(event.images)?.key ?? null });
}

/** A person's is somebody who feels their way. */
function isDryRunOfWorkload({ errorCode, actor }: LogEvent): boolean {
  return errorCode === DRY_RUN && (actor?.kind === "workload" || actor?.kind === "service");
}
