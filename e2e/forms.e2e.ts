import { gzipSync } from "node:zlib";
import { ZipFile } from "yazl";
import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { jsonLines, newMark, pushRecords } from "./records.ts";

async function zip(name: string, content: Buffer | string): Promise<Buffer> {
  const archive = new ZipFile();
  archive.addBuffer(Buffer.from(content), name);
  archive.end();
  const pieces: Buffer[] = [];
  for await (const piece of archive.outputStream) pieces.push(Buffer.from(piece as Buffer));
  return Buffer.concat(pieces);
}

test("a line of text in archives is an event, beside the fields of its record that gave it", async ({
  app,
}) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const line = `2026-03-04T20:00:00.5Z image push registry.example.com/${mark}:1 (name=registry.example.com/${mark})`;
  const inner = await zip("daemon.log", `${line}\n${mark} is no event\n`);
  await upload(page, app.url, `${mark}.zip.gz`, gzipSync(await zip("inner.zip", inner)));
  await page.getByRole("link", { name: `${mark}.zip.gz` }).click();
  await expect(page.getByText("archive, zip, gzipped of 1 × lines of text, zip")).toBeVisible();
  const rejected = page.getByRole("region", { name: "Rejected records" });
  await expect(
    rejected.getByRole("row", { name: /none of a log that Barnacle knows as text/ }),
  ).toContainText(`inner.zip/daemon.log: ${mark} is no event`);

  await page.goto(`${app.url}/events?log=docker`);
  await page.getByRole("row").filter({ hasText: mark }).getByRole("link").first().click();
  const event = page.getByRole("region", { name: "Event", exact: true });
  await expect(event.getByText("from Actor.ID").first()).toBeVisible();
  await expect(event.getByText(/^from Type, ?Action$/).first()).toBeVisible();
  await expect(event.getByText(line)).toBeVisible();
  await expect(event.getByText("inner.zip/daemon.log")).toBeVisible();
  await expectAccessible(page);
  expect(complaintsOf(page)).toEqual([]);
});

test("an alert's event says of each value which field of its record gave it", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(pushRecords(mark)));
  await page.goto(`${app.url}/alerts?queue=all&q=${mark}`);
  await page.getByRole("link", { name: /^ALR-\d+$/ }).click();
  await page
    .getByRole("region", { name: "Detections" })
    .getByRole("row", { name: /PutImage/ })
    .getByRole("link")
    .click();
  const event = page.getByRole("region", { name: "Event", exact: true });
  await expect(event.getByText("from eventTime")).toBeVisible();
  await expect(event.getByText("from sourceIPAddress").first()).toBeVisible();
  await expect(event.getByText(/^from .*requestParameters\.repositoryName/)).toBeVisible();
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
});
