"use client";

import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** The one blue, for focus, selection and links. */
const accent: MantineColorsTuple = [
  "#eaf1fc",
  "#d3e1f8",
  "#a9c5f3",
  "#7aa7f5",
  "#5b91ee",
  "#4180e6",
  "#2f6fdb",
  "#255cba",
  "#1d4a97",
  "#153870",
];

const paper: MantineColorsTuple = [
  "#ecebe8",
  "#d6d5d1",
  "#b5b4af",
  "#9b9a95",
  "#6b6a66",
  "#454441",
  "#2a2a28",
  "#1c1c1b",
  "#141413",
  "#0d0d0c",
];

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: 6,
  colors: { accent, dark: paper },
  white: "#fcfcfb",
  black: "#1a1a19",
  fontFamily: "var(--font-geist-sans), system-ui, sans-serif",
  fontFamilyMonospace: "var(--font-geist-mono), ui-monospace, monospace",
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.25rem", lineHeight: "1.75rem" },
      h2: { fontSize: "0.875rem", lineHeight: "1.25rem" },
    },
  },
  defaultRadius: 4,
  cursorType: "pointer",
  respectReducedMotion: true,
});
