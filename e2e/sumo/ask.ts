import { STAND_IN_KEY } from "./keys.ts";
import type { Sumo } from "./server.ts";

export type Reply = { status: number; headers: Headers; text: string; json: Record<string, unknown> };

type Asking = { method?: string; headers?: Record<string, string>; body?: string };

const GOOD_ORDER = { query: "_sourceCategory=aws/*", from: "0", to: "9999999999999", timeZone: "UTC" };

/** For the tests of the server: plain requests, with the right key and the cookies that were given unless told otherwise. */
export function askerOf(sumo: Sumo) {
  const cookies = new Map<string, string>();

  async function ask(path: string, { method = "GET", headers = {}, body }: Asking = {}): Promise<Reply> {
    const response = await fetch(new URL(path, sumo.url), {
      method,
      headers: { ...signedBy(), Cookie: [...cookies].map((pair) => pair.join("=")).join("; "), ...headers },
      redirect: "manual",
      ...(body === undefined ? {} : { body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name !== undefined && value !== undefined) cookies.set(name, value);
    }
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parse(text) };
  }

  const create = (order: object = {}, headers: Record<string, string> = {}): Promise<Reply> =>
    ask("v1/search/jobs", {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify({ ...GOOD_ORDER, ...order }),
    });

  return {
    ask,
    create,
    /** Creates a job and gives the path of it. */
    start: async (order: object = {}) => {
      const { status, json, text } = await create(order);
      if (status !== 202) throw new Error(text);
      return `v1/search/jobs/${json.id}`;
    },
    forgetCookies: () => cookies.clear(),
  };
}

export function signedBy({ accessId, accessKey } = STAND_IN_KEY): { Authorization: string } {
  return { Authorization: `Basic ${Buffer.from(`${accessId}:${accessKey}`).toString("base64")}` };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

type Rows = { map: Record<string, string> }[];

/** The rows of a page. */
export function mapsOf({ json }: Reply): Record<string, string>[] {
  return ((json.messages ?? json.records ?? []) as Rows).map(({ map }) => map);
}
