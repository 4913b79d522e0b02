import { describe, expect, test } from "vitest";
import { type History, historyAddends } from "./history.ts";

const DAY = 86_400_000;
const NOW = new Date("2026-03-30T12:00:00Z");
const ago = (days: number) => new Date(NOW.getTime() - days * DAY);

const QUIET: History = {
  occurredAt: NOW,
  outcome: "success",
  from: ago(400),
  networks: [ago(200)],
  operation: { name: "PutImage", first: ago(200) },
  account: { name: "111122223333", first: ago(200) },
  region: { name: "eu-west-1", first: ago(200) },
  image: { own: ago(100), any: ago(300) },
  latest: null,
  name: null,
  tag: null,
  actorId: "a",
  digest: null,
  before: null,
  refusedAt: null,
  pulled: null,
  isWatched: false,
};

type Change = Partial<History>;
const scored = (change: Change) =>
  historyAddends({ ...QUIET, ...change }).map(({ id, points }) => `${id} ${points}`);

const put = (days: number, actorId: string | null): Change => ({
  tag: "1.4",
  digest: "two",
  before: { digest: "one", at: ago(days), actorId },
});

describe("what the time before adds", () => {
  test.for<[name: string, change: Change, expected: string[]]>([
    ["nothing to what an actor always does", {}, []],
    ["a first time a day long", { image: { own: ago(1), any: ago(300) } }, ["first-image 15"]],
    ["no first time of yesterday", { image: { own: ago(1.01), any: ago(300) } }, []],
    ["nothing for an image that is new to everybody", { image: { own: ago(0), any: ago(0) } }, []],
    ["nothing for one that others made just before", { image: { own: ago(0), any: ago(0.9) } }, []],
    ["nothing before two weeks of history", { from: ago(13.9), image: { own: ago(0), any: ago(13) } }, []],
    [
      "something after two weeks of history",
      { from: ago(14), image: { own: ago(0), any: ago(13) } },
      ["first-image 15"],
    ],
    ["nothing where no log says how far it goes", { from: null, image: { own: ago(0), any: ago(300) } }, []],
    [
      "the weightiest first time whole, the others little",
      {
        image: { own: ago(0), any: ago(300) },
        networks: [ago(3)],
        operation: { name: "PutImage", first: ago(0) },
        account: { name: "1", first: ago(0) },
        region: { name: "r", first: ago(0) },
      },
      ["first-image 15", "first-network 2", "first-account 2", "first-operation 2", "first-region 2"],
    ],
    [
      "most for a new mover of latest, where it moves",
      { ...put(2, "b"), tag: "latest", latest: { own: ago(0), any: ago(300) } },
      ["first-latest 20"],
    ],
    [
      "nothing for a latest that stays where it is",
      { ...put(2, "b"), tag: "latest", digest: "one", latest: { own: ago(0), any: ago(300) } },
      [],
    ],
    ["a name that others give", { name: { own: ago(0), any: ago(90), family: "golden" } }, ["first-name 15"]],
    ["a stable tag of another actor", put(2, "b"), ["tag-of-another-moved 25"]],
    ["the own tag after long", put(7, "a"), ["old-tag-moved 20"]],
    ["the own tag, as pipelines do", put(6.9, "a"), ["tag-moved 10"]],
    ["somebody's tag, where nobody is named", put(1, null), ["tag-moved 10"]],
    ["nothing for the same digest again", { ...put(2, "b"), digest: "one" }, []],
    ["refused, then successful", { refusedAt: ago(0.5) }, ["refused-before 15"]],
    ["nothing for refused again", { refusedAt: ago(0.5), outcome: "failure" }, []],
    [
      "pulled and pushed back as another",
      { ...put(2, "b"), pulled: { at: ago(0.1), isBuilt: false } },
      ["tag-of-another-moved 25", "pulled-and-pushed 10"],
    ],
    ["nothing for a pull without a change", { tag: "1.4", pulled: { at: ago(0.1), isBuilt: false } }, []],
    [
      "pulled, built upon and pushed back",
      { tag: "1.4", pulled: { at: ago(0.1), isBuilt: true } },
      ["pulled-built-pushed 20"],
    ],
    ["the watch list", { isWatched: true }, ["watch-list 20"]],
  ])("%s", ([, change, expected]) => {
    expect(scored(change)).toEqual(expected);
  });

  test.for<[from: number, days: number]>([
    [14, 14],
    [29.9, 14],
    [30, 30],
    [45, 30],
    [200, 180],
    [4000, 365],
  ])("history of %s days is said to be more than %s", ([from, days]) => {
    const [addend] = historyAddends({ ...QUIET, from: ago(from), image: { own: ago(0), any: ago(13) } });
    expect(addend?.why).toBe(
      `first time that this actor works on this image, as others did before; more than ${days} days of history`,
    );
  });

  test("facts of a log are no more than text in a sentence", () => {
    const tag = `\u202e{ago}$&${"x".repeat(200)}`;
    const [addend] = historyAddends({ ...QUIET, ...put(3, "b"), tag });
    expect(addend?.why).toMatch(
      /^stable tag “\ufffd\{ago\}\$&x{60,75}…” moved to another digest 3 days after another actor/,
    );
  });
});
