import { expect, test } from "vitest";
import { Turns } from "./turns.ts";

const soon = () => new Promise<void>((resolve) => setTimeout(resolve));

test("several read at once, and nobody is alone among them", async () => {
  const turns = new Turns();
  const [a, b] = [await turns.shared(), await turns.shared()];
  a.end();
  a.end();
  expect(turns.alone()).toBeUndefined();
  b.end();
  expect(turns.alone()).toBeDefined();
});

test("the others wait for one that is alone until it need not be any more", async () => {
  const turns = new Turns();
  const alone = turns.alone();
  const begun: string[] = [];
  for (const name of ["a", "b"]) void turns.shared().then(() => begun.push(name));
  await soon();
  expect(begun).toEqual([]);
  expect(turns.alone()).toBeUndefined();
  alone?.relax();
  await soon();
  expect(begun).toEqual(["a", "b"]);
  alone?.end();
  // They still read.
  expect(turns.alone()).toBeUndefined();
});
