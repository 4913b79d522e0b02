"use client";

import {
  BookCheck,
  Cable,
  ChartColumn,
  FileInput,
  ScrollText,
  Settings,
  ShieldOff,
  Siren,
  UserSearch,
  Users,
} from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { shortCount } from "../../_ui/short-count.ts";
import classes from "./shell.module.css";

const ICONS = {
  alerts: Siren,
  actors: UserSearch,
  events: ScrollText,
  trends: ChartColumn,
  allowlist: ShieldOff,
  imports: FileInput,
  sources: Cable,
  rules: BookCheck,
  people: Users,
  settings: Settings,
} as const;

type NavLinkProps = {
  href: Route;
  label: string;
  icon: keyof typeof ICONS;
  /** What needs somebody there: how many, and of what. */
  attention?: { mark: number; words: string } | null;
  /** What goes on there, from a component of its own. */
  sign?: ReactNode;
};

export function NavLink({ href, label, icon, attention = null, sign }: NavLinkProps) {
  const path = usePathname();
  const here = path === href || path.startsWith(`${href}/`);
  const Icon = ICONS[icon];
  return (
    <li>
      <Link href={href} className={classes.link} aria-current={here ? "page" : undefined} title={label}>
        <Icon size={16} aria-hidden="true" />
        <span className={classes.label}>{label}</span>
        {attention ? (
          <span
            className={classes.attention}
            title={`${attention.mark.toLocaleString("en-GB")} ${attention.words}`}
          >
            {/* The whole number is in the title. */}
            {shortCount(attention.mark)}
            <span className="visually-hidden"> {attention.words}</span>
          </span>
        ) : null}
        {sign}
      </Link>
    </li>
  );
}
