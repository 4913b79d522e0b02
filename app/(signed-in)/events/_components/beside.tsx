"use client";

import { X } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { KeyboardEvent, ReactNode } from "react";
import classes from "./beside.module.css";

/** What is opened beside a list. Escape closes it and goes back to the row that opened it. */
export function Beside({
  label,
  closeHref,
  children,
}: {
  label: string;
  closeHref: Route;
  children: ReactNode;
}) {
  const router = useRouter();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    router.push(closeHref, { scroll: false });
    document.querySelector<HTMLElement>('tr[data-selected="true"] a[href]')?.focus();
  };
  return (
    <aside className={classes.beside} aria-label={label} onKeyDown={onKeyDown}>
      <div className={classes.head}>
        <Link href={closeHref} scroll={false} className={classes.close}>
          <X size={14} aria-hidden="true" /> Close
        </Link>
      </div>
      {children}
    </aside>
  );
}
