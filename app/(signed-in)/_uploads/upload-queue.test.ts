import { expect, test } from "vitest";
import { type SendingEvents, UploadQueue, wouldStop } from "./upload-queue.ts";

const fileOf = (name: string, size = 1000) => new File(["x".repeat(size)], name, { lastModified: 1 });
const untilLoaded = () => new Promise((resolve) => setTimeout(resolve));

/** A sender that does what it is told, and remembers what was asked of it. */
function openQueue() {
  const sent = new Map<string, SendingEvents>();
  const stopped: string[] = [];
  const discarded: string[] = [];
  let now = 0;
  const queue = new UploadQueue(
    async () => ({
      send: ({ name }, _takenAs, events) => {
        sent.set(name, events);
        return { stop: () => stopped.push(name) };
      },
      discard: async (id) => {
        discarded.push(id);
        return id === "stuck" ? "It could not be discarded." : null;
      },
    }),
    () => now,
  );
  queue.belongTo("ada");
  const steps = () => queue.list().map(({ name, step }) => `${name} ${step}`);
  const keyOf = (name: string) => queue.list().find((upload) => upload.name === name)?.key ?? 0;
  return { queue, sent, stopped, discarded, steps, keyOf, pass: (ms: number) => (now += ms) };
}

test("two files are sent at a time, and the next when one is stored", async () => {
  const { queue, sent, steps } = openQueue();
  queue.add(
    ["a", "b", "c"].map((name) => fileOf(name)),
    "auto",
  );
  await untilLoaded();
  expect(steps()).toEqual(["a sending", "b sending", "c waiting"]);
  sent.get("a")?.stored();
  expect(steps()).toEqual(["b sending", "c sending"]);
  expect(queue.countStored()).toBe(1);
});

test("one that is interrupted keeps its place; one that is paused or refused leaves it to the next", async () => {
  const { queue, sent, stopped, steps, keyOf } = openQueue();
  queue.add(
    ["a", "b", "c"].map((name) => fileOf(name)),
    "auto",
  );
  await untilLoaded();
  sent.get("a")?.interrupted("The network is gone.");
  expect(steps()).toEqual(["a interrupted", "b sending", "c waiting"]);
  queue.pause(keyOf("b"));
  expect(stopped).toEqual(["b"]);
  expect(steps()).toEqual(["a interrupted", "b paused", "c sending"]);
  sent.get("a")?.progress(10);
  queue.goOn(keyOf("b"));
  await untilLoaded();
  expect(steps()).toEqual(["a sending", "b waiting", "c sending"]);
  sent.get("c")?.refused("Too large.");
  await untilLoaded();
  expect(steps()).toEqual(["a sending", "b sending", "c refused"]);
});

test("one that is cancelled is discarded on the server, and stays when it cannot be", async () => {
  const { queue, sent, discarded, steps, keyOf } = openQueue();
  queue.add([fileOf("a"), fileOf("b")], "auto");
  await untilLoaded();
  sent.get("a")?.begun("id-of-a", "auto");
  sent.get("b")?.begun("stuck", "auto");
  await queue.cancel(keyOf("a"));
  await queue.cancel(keyOf("b"));
  expect(discarded).toEqual(["id-of-a", "stuck"]);
  expect(steps()).toEqual(["b refused"]);
  expect(queue.list()[0]?.sentence).toBe("It could not be discarded.");
});

test("a file that is chosen again goes on instead of being sent twice", async () => {
  const { queue, sent, steps, keyOf } = openQueue();
  queue.add([fileOf("a")], "auto");
  await untilLoaded();
  sent.get("a")?.begun("id", "auto");
  queue.pause(keyOf("a"));
  queue.add([fileOf("a"), fileOf("a")], "live");
  await untilLoaded();
  expect(steps()).toEqual(["a sending"]);
  expect(queue.list()[0]).toMatchObject({ id: "id", takenAs: "auto" });
});

test("what the server has lost begins anew, and the speed is told once there is one", async () => {
  const { queue, sent, pass } = openQueue();
  queue.add([fileOf("a")], "auto");
  await untilLoaded();
  sent.get("a")?.begun("id", "auto");
  pass(2000);
  sent.get("a")?.progress(500);
  queue.pause(queue.list()[0]?.key ?? 0);
  expect(queue.list()[0]).toMatchObject({ sent: 500, id: "id", step: "paused" });
  queue.goOn(queue.list()[0]?.key ?? 0);
  await untilLoaded();
  sent.get("a")?.refused("It is gone.", true);
  expect(queue.list()[0]).toMatchObject({ sent: 0, id: null, step: "refused" });
});

test("another person on the same tab sees nothing of it, and nothing goes on", async () => {
  const { queue, stopped } = openQueue();
  queue.add([fileOf("a")], "auto");
  await untilLoaded();
  queue.belongTo("ada");
  expect(queue.list().length).toBe(1);
  queue.belongTo("bob");
  expect(queue.list()).toEqual([]);
  expect(stopped).toEqual(["a"]);
});

test.for([
  ["sending", "id", true],
  ["waiting", null, true],
  ["interrupted", "id", true],
  ["paused", null, true],
  ["paused", "id", false],
  ["refused", null, false],
] as const)("closing the tab while one is %s (%s) would stop it: %s", ([step, id, expected]) => {
  expect(wouldStop({ step, id })).toBe(expected);
});
