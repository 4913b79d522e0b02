import type { EventKey } from "./event-key.ts";

/** A client that fetched a registry's token, as its last such call within the time shows it. */
export type Client = {
  address: string;
  /** `name` is what the network is called, where that is known. */
  network: { key: string; name: string | null } | null;
  userAgent: string | null;
  login: EventKey;
};

/**
 * Who may stand behind calls that AWS logs as its own. `unknown`: no token was fetched with their access key while it may
 * have been used for them, as far as is stored.
 */
export type ClientBehind =
  | { kind: "inferred"; client: Client }
  /** `isPart`: there may be more of them. */
  | { kind: "ambiguous"; clients: Client[]; isPart: boolean }
  | { kind: "unknown" };

/** What is asked of an event to find its client. */
type Call = { service: string | null; sourceIp: string | null };

const AWS_INTERNAL = /^aws internal\b/i;
const ECR = /^ecr(-public)?\.amazonaws\.com$/;

/** Whether ECR logged a call without the client that it came from. */
export function hidesClient({ service, sourceIp }: Call): boolean {
  return sourceIp !== null && AWS_INTERNAL.test(sourceIp) && service !== null && ECR.test(service);
}

/** What candidates amount to: one is inferred, several are ambiguous. Each stands in the list once. */
export function clientBehind(clients: readonly Client[], isPart = false): ClientBehind {
  const [first, ...others] = clients;
  if (first === undefined) return { kind: "unknown" };
  if (others.length === 0 && !isPart) return { kind: "inferred", client: first };
  return { kind: "ambiguous", clients: [...clients], isPart };
}

/** The clients behind several calls together: the same one behind all of them is inferred. */
export function clientsTogether(behind: readonly ClientBehind[]): ClientBehind {
  const found = new Map<string, Client>();
  for (const client of behind.flatMap(candidates)) {
    const key = JSON.stringify([client.address, client.userAgent]);
    const known = found.get(key);
    if (!known || known.login.occurredAt < client.login.occurredAt) found.set(key, client);
  }
  return clientBehind(
    [...found.values()],
    behind.some((one) => one.kind === "ambiguous" && one.isPart),
  );
}

function candidates(behind: ClientBehind): Client[] {
  if (behind.kind === "inferred") return [behind.client];
  return behind.kind === "ambiguous" ? behind.clients : [];
}
