import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{lib,app,e2e}/**/*.test.ts"],
          exclude: ["**/*.{db,long}.test.ts", "**/node_modules/**"],
          // Here and below: bounds for what hangs, not for how quick a machine is.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "db",
          include: ["{lib,e2e}/**/*.db.test.ts"],
          env: {
            BARNACLE_DATA: path.join(tmpdir(), `barnacle-test-${process.pid}`),
            BARNACLE_LOG_LEVEL: "fatal",
            BARNACLE_SECRET: "a secret of the tests, long enough to be one",
            BARNACLE_KEYS: `new:${Buffer.alloc(32, "n").toString("base64")},old:${Buffer.alloc(32, "o").toString("base64")}`,
          },
          globalSetup: ["lib/db/testing/global-setup.ts"],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "long",
          include: ["e2e/long/*.long.test.ts"],
          env: { BARNACLE_LOG_LEVEL: "warn" },
          // Alone on two cores it takes a few minutes.
          testTimeout: 1_200_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
