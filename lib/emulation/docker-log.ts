import type { JsonObject } from "#lib/json.ts";

/** Gathers events and writes them down as `docker events --format '{{json .}}'` does: without a user and an address. */
export class DockerLog {
  readonly #events: JsonObject[] = [];

  records(): JsonObject[] {
    return this.#events.sort((a, b) => Number(a.time) - Number(b.time));
  }

  /** `image`: what happens to a reference, or to the id of an image that has the `name`. */
  image(time: number, action: string, reference: string, name = reference): void {
    this.#add(time, "image", action, reference, { name });
  }

  container(time: number, action: string, id: string, attributes: JsonObject): void {
    this.#add(time, "container", action, id, attributes);
  }

  #add(time: number, type: string, action: string, id: string, attributes: JsonObject): void {
    this.#events.push({
      Type: type,
      Action: action,
      Actor: { ID: id, Attributes: attributes },
      scope: "local",
      time: Math.floor(time / 1000),
      timeNano: Math.floor(time / 1000) * 1_000_000_000,
    });
  }
}
