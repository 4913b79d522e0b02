import { Refusal } from "./refusal.ts";

export type Key = {
  accessId: string;
  accessKey: string;
  /** Whose key it is: what is allowed a second is allowed a person. */
  owner: string;
  /** Its account or role does not include searching by the interface. */
  isForbidden?: boolean;
  /** The origin of the deployment that it belongs to, when it is not this one. */
  deployment?: string;
};

export const STAND_IN_KEY: Key = {
  accessId: "suStandIn0001",
  accessKey: "the-key-of-the-stand-in-0123456789abcdefghijklmnopqrstuvwxyz0123",
  owner: "service@example.com",
};

export type NextKey = { accessId?: string; accessKey: string };

/** The keys of an organisation. Each request has to bring one, whatever cookies it brings. */
export class Keys {
  readonly #keys: Map<string, Key>;
  readonly #rotations: { accessId: string; next: NextKey; left: number }[] = [];

  constructor(keys: readonly Key[]) {
    this.#keys = new Map(keys.map((key) => [key.accessId, key]));
  }

  /** From the request on that comes after so many more, only the next one opens. */
  rotate(accessId: string, next: NextKey, afterRequests: number): void {
    if (!this.#keys.has(accessId)) throw new Error(`There is no key ${accessId}.`);
    this.#rotations.push({ accessId, next, left: afterRequests });
  }

  #turn(): void {
    for (const rotation of this.#rotations) {
      const key = this.#keys.get(rotation.accessId);
      if (rotation.left-- !== 0 || !key) continue;
      this.#keys.delete(rotation.accessId);
      const rotated = { ...key, ...rotation.next };
      this.#keys.set(rotated.accessId, rotated);
    }
  }

  check(authorization: string | undefined, path: string): Key {
    this.#turn();
    const [, encoded] = /^Basic\s+(\S+)$/i.exec(authorization ?? "") ?? [];
    const text = Buffer.from(encoded ?? "", "base64").toString("utf8");
    const colon = text.indexOf(":");
    const key = this.#keys.get(text.slice(0, colon));
    if (colon < 1 || !key || key.accessKey !== text.slice(colon + 1)) throw new Refusal("unauthorized");
    if (key.deployment !== undefined) throw new Refusal("moved", { location: key.deployment + path });
    if (key.isForbidden) throw new Refusal("forbidden");
    return key;
  }
}
