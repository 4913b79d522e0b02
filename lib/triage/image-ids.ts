import { nameId } from "#lib/content-id.ts";
import { PLATFORMS } from "#lib/logs/normalize/event.ts";

/** All ids of the image with a key: an engine or a cluster knows a cloud's repository by the same key, under a platform of its own. */
export function imageIdsOf(key: string): string[] {
  return PLATFORMS.map((platform) => nameId(platform, key));
}
