import { expect, test } from "vitest";
import { Overtaken, Run, TookTooLong } from "./watch-run.ts";

const never = () => new Promise<void>(() => {});

test("a run that takes longer than it may is ended once what it stores is stored, and stores no more", async () => {
  const moved: string[] = [];
  const run = new Run(() => moved.push("moved"));
  const stored = Promise.withResolvers<void>();
  run.write(() => stored.promise);
  let hasEnded = false;
  const ended = run.keep("an import", 1, never).finally(() => {
    hasEnded = true;
  });
  ended.catch(() => {});
  // The time is looked at every two seconds.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(hasEnded).toBe(false);
  stored.resolve();
  await expect(ended).rejects.toThrow(TookTooLong);
  expect(moved).toEqual(["moved"]);
  expect(() => run.write(never)).toThrow(Overtaken);
  expect(() => run.check()).toThrow(Overtaken);
});

test("what keeps something from being stored ends the run", async () => {
  const run = new Run(() => {});
  const ended = run.keep("an import", 60_000, async () => {
    run.write(() => Promise.reject(new Error("no room")));
    await run.written();
  });
  await expect(ended).rejects.toThrow("no room");
});
