import { nameId } from "#lib/content-id.ts";
import type { EventImage, ImageRole, LogEvent } from "#lib/logs/normalize/event.ts";
import { FAMILIES, type Family } from "./family.ts";

const HOUR_MS = 3_600_000;

/** The image that an alert is about is the one that was acted on most. */
export const ROLE_ORDER: readonly ImageRole[] = ["made", "shared", "changed", "source", "used"];

/** What names an alert. The id is a function of the rest, so that grouping needs no memory and no order. */
export type AlertKey = {
  id: string;
  family: Family;
  /** Empty where the image's place has none, as in a registry that belongs to no cloud account. */
  account: string;
  /** The image's key, the registry alone where no more can be told of all its rows, or what a call names that names no image. */
  subject: string;
  windowStart: Date;
  windowEnd: Date;
};

/** The alert to which a detection of `family` on `event` belongs. */
export function alertKey(event: LogEvent, family: Family): AlertKey {
  const image = mainImage(event.images);
  const subject = subjectOf(image, event);
  const account = accountOf(image, event);
  const windowMs = FAMILIES[family].windowHours * HOUR_MS;
  const start = Math.floor(event.occurredAt.getTime() / windowMs) * windowMs;
  return {
    id: nameId("alert", family, account, subject, String(start)),
    family,
    account,
    subject,
    windowStart: new Date(start),
    windowEnd: new Date(start + windowMs),
  };
}

/** The image that matters most among those that an event touches. */
export function mainImage(images: readonly EventImage[]): EventImage | undefined {
  return ROLE_ORDER.flatMap((role) => images.filter((image) => image.role === role))[0];
}

/**
 * Of the rows that Azure's Activity Log writes about one registry operation, only those with a request name the repository:
 * what all of them name is the registry.
 */
function subjectOf(image: EventImage | undefined, event: LogEvent): string {
  if (image?.kind === "repository" && event.logSource === "azure-activity") return registryOf(image.key);
  return image?.key ?? event.subject ?? (event.actor ? `actor:${event.actor.key}` : "unknown");
}

function registryOf(repositoryKey: string): string {
  return repositoryKey.replace(/\/.*$/s, "");
}

/** A repository belongs to its registry's account, whoever logs the push: all sources must agree on it. */
function accountOf(image: EventImage | undefined, event: LogEvent): string {
  if (image?.kind === "repository") return image.account ?? "";
  return event.account ?? "";
}
