import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { reachDatabase } from "./reach-database.ts";

test.for([
  [
    "nobody listens",
    "postgresql://u:hidden@127.0.0.1:1/x",
    "unreachable",
    "127.0.0.1:1 cannot be reached (ECONNREFUSED)",
  ],
  ["there is no such host", "postgresql://u:hidden@nowhere.invalid/x", "unreachable", "nowhere.invalid:5432"],
  ["the address is malformed", "postgresql://u:hid%den@[", "unreachable", "DATABASE_URL"],
] as const)("when %s, a sentence says so without the password", async ([, url, kind, part]) => {
  const outcome = await reachDatabase(url);
  expect(outcome).toMatchObject({ reason: { kind, sentence: expect.stringContaining(part) } });
  expect(JSON.stringify(outcome)).not.toContain("hid");
});

test("a wrong password is refused without being named", async () => {
  const port = await listen(refuseAs("28P01"));
  const outcome = await reachDatabase(`postgresql://someone:hidden@127.0.0.1:${port}/x`);
  expect(outcome).toMatchObject({
    reason: { kind: "refused", sentence: expect.stringContaining(`:${port}`) },
  });
  expect(JSON.stringify(outcome)).not.toContain("hidden");
});

test("a missing database that we may not make is named", async () => {
  const port = await listen(refuseAs("3D000"));
  expect(await reachDatabase(`postgresql://someone@127.0.0.1:${port}/missing`)).toMatchObject({
    reason: { kind: "no-database", sentence: expect.stringMatching('"missing".*"someone" may not make it') },
  });
});

test("a server that is too old is named with its version", async () => {
  const port = await listen(answerAsVersion("13.4"));
  expect(await reachDatabase(`postgresql://u@127.0.0.1:${port}/x`)).toMatchObject({
    reason: {
      kind: "too-old",
      sentence: `PostgreSQL at 127.0.0.1:${port} is version 13.4: Barnacle needs version 15 or later.`,
    },
  });
});

function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer(onConnection);
  onTestFinished(() => void server.close());
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

/** Lets everybody in and answers each query with its version (https://www.postgresql.org/docs/18/protocol.html). */
function answerAsVersion(version: string) {
  const ready = message("Z", "I");
  const text = Buffer.from("00000000000000000019ffffffffffff0000", "hex");
  const answer = [
    message("T", int16(1), "server_version\0", text),
    message("D", int16(1), int32(version.length), version),
    message("C", "SHOW\0"),
    ready,
  ];
  return (socket: Socket) => {
    let isIn = false;
    socket.on("error", () => {});
    socket.on("data", (bytes: Buffer) => {
      if (!isIn) socket.write(Buffer.concat([message("R", int32(0)), ready]));
      else if (String.fromCharCode(bytes[0] ?? 0) === "Q") socket.write(Buffer.concat(answer));
      else socket.end();
      isIn = true;
    });
  };
}

function refuseAs(code: string) {
  return (socket: Socket) => {
    socket.on("error", () => {});
    socket.on("data", () => socket.end(message("E", `SFATAL\0C${code}\0Mrefused\0\0`)));
  };
}

function message(type: string, ...parts: (string | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int16(value: number): Buffer {
  return int32(value).subarray(2);
}
