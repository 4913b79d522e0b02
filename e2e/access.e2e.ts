import { PERMISSIONS, type Permission } from "#lib/access/permission.ts";
import type { Role } from "#lib/access/person.ts";
import { nameId } from "#lib/content-id.ts";
import { ROUTE_ACCESS } from "../app/_access/routes.ts";
import { disableConnection, makeConnection } from "./connections.ts";
import { expect, test, upload } from "./fixtures.ts";
import { jsonLines, newMark, pushRecords } from "./records.ts";

type Visitor = Role | "nobody";

type Found = Record<"alert" | "importId" | "table" | "event" | "entry" | "actor" | "connection", string>;

/** Addresses that exist, for the routes with a parameter. */
const EXAMPLES: Readonly<Record<string, (found: Found) => string>> = {
  "/actors/[actorId]": ({ actor }) => `/actors/${actor}`,
  "/alerts/[number]": ({ alert }) => alert,
  "/allowlist/[number]": ({ entry }) => entry,
  "/allowlist/[number]/change": ({ entry }) => `${entry}/change`,
  "/imports/[importId]": ({ importId }) => importId,
  "/imports/[importId]/mapping": ({ table }) => `${table}/mapping`,
  "/settings/[list]": () => "/settings/accounts",
  "/settings/[list]/import": () => "/settings/accounts/import",
  "/sources/[connectionId]": ({ connection }) => connection,
  "/sources/[connectionId]/change": ({ connection }) => `${connection}/change`,
  "/welcome/[token]": () => "/welcome/none",
  "/api/organisation/[list]": () => "/api/organisation/accounts",
  "/api/records/[event]": ({ event }) => `/api/records/${event}`,
  "/api/uploads/[[...upload]]": () => "/api/uploads",
  "/api/webhooks/[sender]/[[...secret]]": () => "/api/webhooks/harbor",
};

/** Where a plain GET is no way in: how a client would knock, and what it hears when it may. */
const KNOCKS: Readonly<Record<string, { method: "POST"; headers: Record<string, string>; answer: number }>> =
  {
    "/api/uploads/[[...upload]]": {
      method: "POST",
      headers: { "tus-resumable": "1.0.0", "upload-length": "10" },
      answer: 201,
    },
    "/api/ingest": { method: "POST", headers: {}, answer: 401 },
    "/api/webhooks/[sender]/[[...secret]]": { method: "POST", headers: {}, answer: 401 },
  };

function mayOpen(visitor: Visitor, route: string): boolean {
  const access = ROUTE_ACCESS[route];
  // Who delivers with a token is no person: whoever is signed in hears the same as everybody.
  if (access === "anyone" || access === "token") return true;
  if (visitor === "nobody") return false;
  return access === "signed-in" || (PERMISSIONS[access as Permission] as readonly Role[]).includes(visitor);
}

for (const visitor of ["nobody", "analyst", "admin", "manager"] as const) {
  test(`${visitor}: each route opens or refuses as the table of permissions says`, async ({
    app,
    browser,
  }) => {
    const maker = await app.signedIn("analyst");
    const mark = newMark();
    await upload(maker, app.url, `${mark}.jsonl`, jsonLines(pushRecords(mark)));
    const importId = (await maker.getByRole("link", { name: `${mark}.jsonl` }).getAttribute("href")) ?? "";
    await upload(maker, app.url, `${mark}.csv`, `when,what,${mark}\n1,2,3\n`);
    const table = (await maker.getByRole("link", { name: `${mark}.csv` }).getAttribute("href")) ?? "";
    await maker.goto(`${app.url}/alerts?q=${mark}`);
    await maker.getByRole("link", { name: /^ALR-\d+$/ }).click();
    await maker.getByRole("region", { name: "Detections" }).getByRole("link").first().click();
    await expect(maker).toHaveURL(/event=/);
    const alert = new URL(maker.url());
    await maker.getByRole("link", { name: "Allow this…" }).click();
    await maker.getByRole("textbox", { name: "Reason", exact: true }).fill("A test.");
    await maker.getByRole("button", { name: "Save draft" }).click();
    await expect(maker).toHaveURL(/\/allowlist\/\d+$/);
    const admin = await app.signedIn("admin");
    await makeConnection(admin, app, mark);
    await disableConnection(admin);
    const found = {
      alert: alert.pathname,
      importId,
      table,
      event: alert.searchParams.get("event") ?? "",
      entry: new URL(maker.url()).pathname,
      connection: new URL(admin.url()).pathname,
      actor: nameId("aws", `111122223333/role/${mark}`),
    };

    const context =
      visitor === "nobody" ? await browser.newContext() : (await app.signedIn(visitor)).context();
    for (const route of Object.keys(ROUTE_ACCESS)) {
      const path = EXAMPLES[route]?.(found) ?? route;
      const isStream = route === "/api/live";
      const knock = KNOCKS[route];
      const status = isStream
        ? await statusOfStream(context, app.url + path)
        : (
            await context.request.fetch(app.url + path, {
              maxRedirects: 0,
              ...(knock && { method: knock.method, headers: knock.headers }),
            })
          ).status();
      const isApi = route.startsWith("/api/");
      const refusal = visitor === "nobody" ? (isApi ? [401] : [307]) : [403];
      // Whoever may open what is not there is told so, and whoever may not is refused first.
      const isNothing = route.includes("[") && !EXAMPLES[route];
      const welcome = knock
        ? [knock.answer]
        : isNothing
          ? [404]
          : route === "/" || (route === "/sign-in" && visitor !== "nobody")
            ? [307]
            : [200];
      expect(mayOpen(visitor, route) ? welcome : refusal, `${visitor} at ${route}`).toContain(status);
    }
    if (visitor === "nobody") await context.close();
  });
}

/** The answer's status, without waiting for a stream's end. */
async function statusOfStream(
  context: import("@playwright/test").BrowserContext,
  url: string,
): Promise<number> {
  const cookie = (await context.cookies(url)).map(({ name, value }) => `${name}=${value}`).join("; ");
  const stop = new AbortController();
  const response = await fetch(url, { headers: { cookie }, signal: stop.signal });
  stop.abort();
  return response.status;
}

test("another person's upload is not found", async ({ app }) => {
  const one = (await app.signedIn("analyst")).context();
  const other = (await app.newcomer("analyst")).context();
  const tus = { "tus-resumable": "1.0.0" };
  const created = await one.request.fetch(`${app.url}/api/uploads`, {
    method: "POST",
    headers: { ...tus, "upload-length": "10" },
  });
  const location = new URL(created.headers().location ?? "", app.url).href;
  expect((await one.request.fetch(location, { method: "HEAD", headers: tus })).status()).toBe(200);
  expect((await other.request.fetch(location, { method: "HEAD", headers: tus })).status()).toBe(404);
  expect((await other.request.fetch(location, { method: "DELETE", headers: tus })).status()).toBe(404);
  expect((await one.request.fetch(location, { method: "HEAD", headers: tus })).status()).toBe(200);
});

test("a page carries the headers that keep browsers careful", async ({ app }) => {
  const { request } = (await app.signedIn("manager")).context();
  const response = await request.get(`${app.url}/alerts`);
  const headers = response.headers();
  expect(headers["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["cache-control"]).toContain("no-store");
  expect(headers["x-powered-by"]).toBeUndefined();
  const cookies = await (await app.signedIn("manager")).context().cookies();
  const session = cookies.find(({ name }) => name.endsWith("session_token"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax" });
});
