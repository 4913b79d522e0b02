/** Those by which a balancer finds the node that runs a search. Newer versions of the interface need none. */
const KEPT = new Set(["AWSALB", "AWSALBCORS", "JSESSIONID"]);
const LONGEST = 4096;

/** The cookies of one search, for the one host that it is asked of. Source: Sumo Logic, "Search Job API". */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  keep(headers: Headers): void {
    for (const cookie of headers.getSetCookie()) {
      const [, name = "", value = ""] = /^\s*([^=;\s]+)\s*=\s*([^;]*)/.exec(cookie) ?? [];
      if (KEPT.has(name) && value.length <= LONGEST) this.#cookies.set(name, value.trim());
    }
  }

  header(): Record<string, string> {
    if (this.#cookies.size === 0) return {};
    return { Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
  }
}
