"use client";

import { useLinkStatus } from "next/link";

/** Beside a link that has been followed, until what it leads to is there. */
export function NumbersPending() {
  const { pending } = useLinkStatus();
  return <span role="status">{pending ? " · counting…" : ""}</span>;
}
