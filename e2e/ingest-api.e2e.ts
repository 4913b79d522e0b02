import { execFile } from "node:child_process";
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { type App, complaintsOf, expect, expectAccessible, test } from "./fixtures.ts";
import { jsonLines, newMark, pushRecords } from "./records.ts";

/** Makes a token on the page, as an admin does, and gives it. */
async function makeToken(admin: Page, app: App, name: string, sender?: string): Promise<string> {
  await admin.goto(`${app.url}/sources/tokens/new`);
  await admin.getByLabel("Name").fill(name);
  await admin.getByRole("combobox", { name: "Source" }).fill(`logs of ${name}`);
  if (sender) await admin.getByLabel("Who delivers").selectOption({ label: sender });
  await admin.getByRole("button", { name: "Make the token" }).click();
  const field = admin.getByRole("textbox", { name: "Token" });
  await expect(field).toHaveValue(/^bcl_[0-9A-Za-z]{49}$/);
  return await field.inputValue();
}

type Answer = { status: number; type: string; body: Record<string, unknown> };

/** Sends a body by curl, as a shipper's owner would try it. */
async function curl(url: string, body: string | Buffer, ...options: string[]): Promise<Answer> {
  const args = ["--silent", "--show-error", "--max-time", "60", "--data-binary", "@-"];
  const written = "\n%{http_code} %{content_type}";
  const output = await new Promise<string>((resolve, reject) => {
    const child = execFile("curl", [...args, ...options, "--write-out", written, url], (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
    child.stdin?.end(body);
  });
  const end = output.lastIndexOf("\n");
  const [status, type = ""] = output.slice(end + 1).split(" ");
  const text = output.slice(0, end).trim();
  return { status: Number(status), type, body: text === "" ? {} : JSON.parse(text) };
}

const bearer = (token: string) => ["--header", `Authorization: Bearer ${token}`];

test("a token is made, used by curl, and revoked", async ({ app }) => {
  const admin = await app.signedIn("admin");
  const mark = newMark();
  const url = `${app.url}/api/ingest`;
  const token = await makeToken(admin, app, mark);
  await expect(admin.getByRole("region", { name: "curl" })).toContainText(token);
  await expectAccessible(admin);

  const records = jsonLines(pushRecords(mark));
  const accepted = await curl(url, records, ...bearer(token));
  expect(accepted.status).toBe(202);
  expect(accepted.body).toEqual({
    import: expect.any(String),
    url: `${app.url}/imports/${accepted.body.import}`,
  });
  expect(await curl(url, records, ...bearer(token))).toEqual(accepted);
  const packed = await curl(
    url,
    gzipSync(JSON.stringify({ Records: pushRecords(mark) })),
    ...bearer(token),
    "--header",
    "Content-Encoding: gzip",
  );
  expect(packed.status).toBe(202);

  await admin.goto(String(accepted.body.url));
  await expect(admin.getByText(`ingest API, token ${mark}`)).toBeVisible();
  await expect(admin.getByText(`logs of ${mark}`, { exact: true })).toBeVisible();
  await expect(async () => {
    await admin.goto(`${app.url}/alerts?q=${mark}`);
    await expect(admin.getByText("1 alert matches")).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 90_000 });
  await admin.goto(`${app.url}/imports`);
  const row = admin.getByRole("row").filter({ hasText: `logs of ${mark}` });
  await expect(row.first()).toContainText(`token ${mark}`);

  await admin.goto(`${app.url}/sources/tokens`);
  const listed = admin.getByRole("row").filter({ hasText: mark }).first();
  await expect(listed).not.toContainText("never");
  await expectAccessible(admin);
  expect(await admin.content()).not.toContain(token);
  await listed.getByRole("button", { name: `Revoke ${mark}` }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(listed).toContainText(/revoked .* by admin-/);
  const refused = await curl(url, records, ...bearer(token));
  expect(refused).toMatchObject({
    status: 401,
    type: "application/problem+json",
    body: { type: "urn:barnacle:revoked-token", status: 401, title: "Revoked token" },
  });
  for (const part of ["web", "worker"] as const) {
    const log = await app.log(part);
    expect(log).toContain("started");
    expect(log).not.toContain(token.slice(4, 40));
  }
  expect(complaintsOf(admin)).toEqual([]);
});

test("what may not or cannot be taken is refused with a sentence", async ({ app }) => {
  const admin = await app.signedIn("admin");
  const mark = newMark();
  const token = await makeToken(admin, app, mark);
  const url = `${app.url}/api/ingest`;
  const swapped = token.replace(/.$/, token.endsWith("0") ? "1" : "0");
  const inPath = `${app.url}/api/webhooks/acr/${token}`;
  const may = (...headers: string[]) => [...bearer(token), ...headers.flatMap((text) => ["--header", text])];
  for (const [name, address, options, status, problem] of [
    ["no token", url, [], 401, "no-token"],
    ["a mistyped token", url, bearer(swapped), 401, "damaged-token"],
    ["a token in the path of a sender that has headers", inPath, [], 401, "no-token"],
    ["the token of another sender", `${app.url}/api/webhooks/acr`, may(), 403, "other-kind"],
    ["another source", `${url}?source=other`, may(), 403, "other-source"],
    ["nobody", `${app.url}/api/webhooks/ftp`, may(), 404, "no-such-sender"],
    ["a form", url, may("Content-Type: multipart/form-data; boundary=x"), 415, "not-a-log"],
    ["brotli", url, may("Content-Encoding: br"), 415, "unknown-encoding"],
    ["a key of two words", url, may("Idempotency-Key: a b"), 400, "bad-key"],
  ] as const) {
    const answer = await curl(address, "{}", ...options);
    expectProblem(answer, status, problem, name);
    expect(JSON.stringify(answer)).not.toContain(token.slice(4, 20));
  }
  expectProblem(await claimLength(app, token, 500_000_001), 413, "too-large");
  const used = may("Idempotency-Key: k1");
  expect((await curl(url, '{"a":1}', ...used)).status).toBe(202);
  expectProblem(await curl(url, '{"a":2}', ...used), 422, "key-used");
  const named = await curl(`${url}?source=${encodeURIComponent(`logs of ${mark}`)}`, "{}", ...may());
  expect(named.status).toBe(202);
});

function expectProblem(answer: Answer, status: number, problem: string, name = problem): void {
  expect(answer, name).toMatchObject({
    status,
    type: "application/problem+json",
    body: { type: `urn:barnacle:${problem}`, status, detail: expect.stringMatching(/\.$/) },
  });
}

/** Begins a body of which it says that it is so long, and reads the answer. */
async function claimLength(app: App, token: string, length: number): Promise<Answer> {
  const socket = begin(app, token, `Content-Length: ${length}`);
  socket.write("{}");
  let text = "";
  for await (const chunk of socket) {
    text += chunk;
    if (text.includes("}\n")) break;
  }
  socket.destroy();
  return {
    status: Number(text.split(" ")[1]),
    type: /content-type: (\S+)/i.exec(text)?.[1] ?? "",
    body: JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)),
  };
}

function begin(app: App, token: string, header: string): Socket {
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /api/ingest HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\n${header}\r\n\r\n`,
  );
  return socket;
}

test("a large body is taken as it comes, and of one that breaks off nothing is kept", async ({ app }) => {
  const admin = await app.signedIn("admin");
  const mark = newMark();
  const token = await makeToken(admin, app, mark);
  const large = `${jsonLines(pushRecords(mark))}\n`.repeat(400);
  const chunk = `${large.length.toString(16)}\r\n${large}\r\n`;
  for (const [header, content] of [
    [`Content-Length: ${large.length + 1000}`, large],
    ["Transfer-Encoding: chunked", chunk],
  ] as const) {
    const socket = begin(app, token, header);
    const ended = new Promise((resolve) => socket.on("close", resolve));
    socket.on("error", () => {});
    socket.resume();
    socket.end(content);
    await ended;
  }
  const taken = await curl(
    `${app.url}/api/ingest`,
    large,
    ...bearer(token),
    "--header",
    "Transfer-Encoding: chunked",
  );
  expect(taken.status).toBe(202);
  await admin.goto(`${app.url}/imports`);
  const rows = admin.getByRole("row").filter({ hasText: `logs of ${mark}` });
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("done", { timeout: 60_000 });
  await expect(rows.first()).toContainText("1,200");
});

test("registries deliver in their own ways, and many at once are few imports", async ({ app }) => {
  const admin = await app.signedIn("admin");
  const mark = newMark();
  const timestamp = new Date(Date.now() - 300_000).toISOString();
  const seconds = Math.floor(Date.parse(timestamp) / 1000);
  const notification = (id: number, host: string) => ({
    id: `${mark}-${id}`,
    timestamp,
    action: "push",
    target: {
      mediaType: "application/vnd.docker.distribution.manifest.v2+json",
      digest: `sha256:${id.toString(16).padStart(64, "0")}`,
      repository: `team/${mark}`,
      tag: `1.${id}`,
    },
    request: { id: `${mark}-request-${id}`, host, method: "PUT", useragent: "docker/28" },
  });
  const json = ["--header", "Content-Type: application/json"];

  const registry = await makeToken(admin, app, `${mark}-registry`, "A registry of the distribution project");
  const sends = Array.from({ length: 20 }, (_, at) =>
    curl(
      `${app.url}/api/webhooks/distribution`,
      JSON.stringify({ events: [notification(at, "registry.example")] }),
      "--user",
      `anybody:${registry}`,
    ),
  );
  const answers = await Promise.all(sends);
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(202));
  expect(new Set(answers.map(({ body }) => body.import)).size).toBeLessThanOrEqual(2);

  const acr = await makeToken(admin, app, `${mark}-acr`, "Azure Container Registry, by webhook");
  const acrUrl = `${app.url}/api/webhooks/acr`;
  const ping = await curl(acrUrl, JSON.stringify({ id: "1", timestamp, action: "ping" }), ...bearer(acr));
  expect(ping).toMatchObject({ status: 200, body: { ping: "received" } });
  const pushed = await curl(
    acrUrl,
    JSON.stringify(notification(30, "acme.azurecr.io")),
    ...bearer(acr),
    ...json,
  );
  expect(pushed.status).toBe(202);

  const grid = await makeToken(admin, app, `${mark}-grid`, "Azure Event Grid");
  await expect(admin.getByText("the token stands in the address")).toBeVisible();
  const gridUrl = `${app.url}/api/webhooks/event-grid/${grid}`;
  const validation = {
    id: "1",
    eventType: "Microsoft.EventGrid.SubscriptionValidationEvent",
    data: { validationCode: "512d38b6" },
  };
  expect((await curl(gridUrl, JSON.stringify([validation]))).body).toEqual({
    validationResponse: "512d38b6",
  });
  const asked = await fetch(gridUrl, {
    method: "OPTIONS",
    headers: { "webhook-request-origin": "eventgrid.azure.net" },
  });
  expect([asked.status, asked.headers.get("webhook-allowed-origin")]).toEqual([200, "eventgrid.azure.net"]);
  const event = {
    id: `${mark}-grid`,
    eventType: "Microsoft.ContainerRegistry.ImagePushed",
    topic: "/subscriptions/0a1b/resourceGroups/r/providers/Microsoft.ContainerRegistry/registries/acme",
    eventTime: timestamp,
    data: notification(40, "acme.azurecr.io"),
  };
  expect((await curl(gridUrl, JSON.stringify([event]))).status).toBe(202);
  expect((await curl(`${app.url}/api/webhooks/event-grid/${acr}`, "{}")).status).toBe(403);

  const hub = await makeToken(admin, app, `${mark}-hub`, "Docker Hub");
  const hubBody = {
    push_data: { pushed_at: seconds, pusher: mark, tag: "latest" },
    repository: { repo_name: `acme/${mark}`, namespace: "acme", name: mark },
  };
  expect((await curl(`${app.url}/api/webhooks/docker-hub/${hub}`, JSON.stringify(hubBody))).status).toBe(202);

  const harbor = await makeToken(admin, app, `${mark}-harbor`, "Harbor");
  const harborBody = {
    type: "PUSH_ARTIFACT",
    occur_at: seconds,
    operator: mark,
    event_data: {
      resources: [
        { digest: `sha256:${"a".repeat(64)}`, tag: "2", resource_url: `harbor.example/p/${mark}:2` },
      ],
      repository: { name: mark, namespace: "p", repo_full_name: `p/${mark}` },
    },
  };
  const sent = await curl(
    `${app.url}/api/webhooks/harbor`,
    JSON.stringify(harborBody),
    "--header",
    `Authorization: ${harbor}`,
  );
  expect(sent.status).toBe(202);

  const sumo = await makeToken(admin, app, `${mark}-sumo`, "Sumo Logic, by webhook");
  const messages = pushRecords(mark).map((record) => ({ _raw: JSON.stringify(record) }));
  const alerted = await curl(`${app.url}/api/webhooks/sumo`, JSON.stringify({ messages }), ...bearer(sumo));
  expect(alerted.status).toBe(202);

  for (const name of ["registry", "acr", "grid", "hub", "harbor", "sumo"]) {
    const source = `logs of ${mark}-${name}`;
    await expect(async () => {
      await admin.goto(`${app.url}/imports`);
      const row = admin.getByRole("row").filter({ hasText: source }).first();
      await expect(row).toContainText(/done.*[1-9]\d* detections?\./, { timeout: 1000 });
    }, name).toPass({ timeout: 90_000 });
  }
});
