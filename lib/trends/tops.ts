import type { Change } from "./mix.ts";

export const TOP_KEYS = ["actor", "image", "address", "entry"] as const;
export type TopKey = (typeof TOP_KEYS)[number];

/** The commonest values of a kind, with how many alerts have them. Of an entry: how many it takes part in suppressing. */
export type TopValue = Change & { value: string; name: string; title: string | null };
export type Tops = Record<TopKey, TopValue[]>;
