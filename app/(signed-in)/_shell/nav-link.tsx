"use client";

import { ChartColumn, FileInput, ScrollText, ShieldOff, Siren, UserSearch, Users } from "lucide-react";
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
  people: Users,
} as const;

type NavLinkProps = {
  href: Route;
  label: string;
  icon: keyof typeof ICONS;
  /** What needs somebody there. */
  attention?: { count: number; words: string } | null;
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
          <span className={classes.attention} title={`${attention.count} ${attention.words}`}>
            {attention.count}
            <span className="visually-hidden"> {attention.words}</span>
          </span>
        ) : null}
      </Link>
    </li>
  );
}
