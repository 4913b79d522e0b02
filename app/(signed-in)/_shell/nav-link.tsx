"use client";

import { Cable, ChartColumn, FileInput, ScrollText, ShieldOff, Siren, UserSearch, Users } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import classes from "./shell.module.css";

const ICONS = {
  alerts: Siren,
  actors: UserSearch,
  events: ScrollText,
  trends: ChartColumn,
  allowlist: ShieldOff,
  imports: FileInput,
  sources: Cable,
  people: Users,
} as const;

type NavLinkProps = {
  href: Route;
  label: string;
  icon: keyof typeof ICONS;
  /** What needs somebody there: a number and what is counted, or a sign and what it stands for. */
  attention?: { mark: number | "!"; words: string } | null;
};

export function NavLink({ href, label, icon, attention = null }: NavLinkProps) {
  const path = usePathname();
  const here = path === href || path.startsWith(`${href}/`);
  const Icon = ICONS[icon];
  return (
    <li>
      <Link href={href} className={classes.link} aria-current={here ? "page" : undefined} title={label}>
        <Icon size={16} aria-hidden="true" />
        <span className={classes.label}>{label}</span>
        {attention ? (
          <span className={classes.attention} title={titleOf(attention)}>
            <span aria-hidden={attention.mark === "!"}>{attention.mark}</span>
            <span className="visually-hidden"> {attention.words}</span>
          </span>
        ) : null}
      </Link>
    </li>
  );
}

function titleOf({ mark, words }: NonNullable<NavLinkProps["attention"]>): string {
  return mark === "!" ? words : `${mark} ${words}`;
}
