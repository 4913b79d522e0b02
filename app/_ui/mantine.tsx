"use client";

import { MantineProvider } from "@mantine/core";
import { setNonce } from "get-nonce";
import type { ReactNode } from "react";
import { theme } from "../theme.ts";

/** Mantine with our theme, its style elements marked with the page's nonce. */
export function Mantine({ nonce, children }: { nonce: string; children: ReactNode }) {
  // The lock on scrolling behind a dialog, which Mantine takes from elsewhere, adds a style element of its own.
  setNonce(nonce);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      {children}
    </MantineProvider>
  );
}
