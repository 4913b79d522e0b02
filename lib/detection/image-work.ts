import { nameId } from "#lib/content-id.ts";
import { at, textAt } from "#lib/json.ts";
import type { EventImage, ImageRole, LogEvent } from "#lib/logs/normalize/event.ts";
import { nameFamily } from "./name-family.ts";
import { OVERWRITE_REFUSED } from "./score.ts";
import { MOVING_TAG } from "./signal.ts";

/** What may be worked on for the first time: an image, its moving tag, and the images of one kind of name in an account. */
export type WorkKind = "image" | "latest" | "name";

/** Roles in which an image is worked on, not looked at. */
const WORKED: readonly ImageRole[] = ["made", "changed", "shared"];

/** What of an event its scopes hang on. */
export type Work = {
  platform: string;
  account: string | null;
  /** Id, kind and name of an image, and in which role. */
  image: { id: string; kind: string; name: string; role: ImageRole } | null;
  tag: string | null;
  /** What a call to EC2 says that an image is to be called. */
  givenName: string | null;
};

/** The scopes of work on one image, or of a call that names none, by kind. A scope is named by a hash. */
export function workScopes(work: Work): Partial<Record<WorkKind, string>> {
  const { image, tag, platform, account } = work;
  const isWorked = image !== null && WORKED.includes(image.role);
  const family = familyOf(work);
  return {
    ...(isWorked && { image: nameId("image-work", "image", image.id) }),
    ...(isWorked &&
      image.role === "made" &&
      tag === MOVING_TAG && { latest: nameId("image-work", tag, image.id) }),
    ...(family !== null && { name: nameId("image-work", "name", platform, asStored(account ?? ""), family) }),
  };
}

/** What a name has in common with those of other images of its kind. */
export function familyOf({ platform, image, givenName }: Work): string | null {
  if (platform === "aws") return givenName === null ? null : nameFamily(givenName);
  const isNamed =
    image?.role === "made" && (image.kind === "machine-image" || image.kind === "managed-image");
  return isNamed ? nameFamily(image.name) : null;
}

/** All scopes of an event, of each of its images. */
export function scopesOf(event: LogEvent): string[] {
  const images = event.images.length > 0 ? event.images : [null];
  const scopes = images.flatMap((image) => Object.values(workScopes(workOf(event, image))));
  return [...new Set(scopes)];
}

export function workOf(event: LogEvent, image: EventImage | null): Work {
  const { platform, account } = event;
  return {
    platform,
    account,
    image: image && { id: nameId(platform, image.key), kind: image.kind, name: image.name, role: image.role },
    tag: image?.tag ?? null,
    givenName: givenName(event),
  };
}

export const EC2 = "ec2.amazonaws.com";

function givenName({ service, details }: LogEvent): string | null {
  return service === EC2 ? textAt(at(details ?? undefined, "name")) : null;
}

/** Of what is stored the same comes out as of what was logged. */
function asStored(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

/** Names an operation, however long it is and in whatever case a log has it. */
export function callId(operation: string): string {
  return nameId("call", asStored(operation).toLowerCase());
}

const REFUSED = /denied|unauthori[sz]ed|forbidden|not ?authori[sz]ed|authorizationfailed|^40[13]$/i;

/** Whether work on an image was refused: not whether it failed for another reason. */
export function isRefusal({ outcome, errorCode, images, subject }: LogEvent): boolean {
  if (outcome !== "failure" || errorCode === null || (images.length === 0 && subject === null)) return false;
  return errorCode === OVERWRITE_REFUSED || REFUSED.test(errorCode.replaceAll("_", " "));
}
