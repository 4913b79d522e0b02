"use client";

import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { CircleUser, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { signOutAction } from "./actions.ts";
import classes from "./shell.module.css";

const SCHEMES = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "auto", label: "As the system", icon: Monitor },
] as const;

export function PersonMenu({ name, email, role }: { name: string; email: string; role: string }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="right-end" withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.person} aria-label={`${name}, ${role}: settings and sign out`}>
          <CircleUser size={16} aria-hidden="true" />
          <span className={classes.label}>
            {name}
            <span className={classes.role}>{role}</span>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{email}</Menu.Label>
        {SCHEMES.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={14} aria-hidden="true" />}
            onClick={() => setColorScheme(value)}
            aria-current={colorScheme === value ? "true" : undefined}
            fw={colorScheme === value ? 600 : 400}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={14} aria-hidden="true" />} onClick={() => void signOutAction()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
