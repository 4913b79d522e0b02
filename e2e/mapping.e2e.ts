import type { Page } from "@playwright/test";
import { TAR_END, tarHeader, tarPadding } from "#lib/ingest/tar-archive.ts";
import { complaintsOf, expect, expectAccessible, test } from "./fixtures.ts";
import { jsonLines, newMark, pushRecords } from "./records.ts";

/** A table whose columns no other test has: one is named after the mark. */
function table(mark: string, rows: readonly string[]): string {
  return [`Event Time;Action;User;Source IP;AMI;Ref ${mark}`, ...rows].join("\r\n");
}

const rowsOf = (mark: string) => [
  `2026-11-03 09:12:33;CreateImage;${mark};198.51.100.7;ami-0${mark.slice(1)};"one; ""1"""`,
  `2026-11-03 09:13:00;DescribeImages;${mark};198.51.100.7;;2`,
];

async function uploadTable(page: Page, url: string, name: string, content: string | Buffer): Promise<void> {
  await page.goto(`${url}/imports`);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).click();
  await (await chooser).setFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
}

const row = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });

/** Chooses an option of a select by its words. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  const field = page.getByRole("combobox", { name: label, exact: true });
  await field.click();
  await field.fill(option);
  await page.getByRole("option", { name: new RegExp(`^${option}( |$)`) }).click();
}

test("a table of unknown columns waits, is mapped as one watches, and the next is read without asking", async ({
  app,
}) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  await uploadTable(page, app.url, `${mark}.csv`, table(mark, rowsOf(mark)));
  await expect(row(page, `${mark}.csv`)).toContainText("needs mapping");
  await expect(row(page, `${mark}.csv`)).toContainText("Say which of them holds what.");
  await page.getByRole("link", { name: `${mark}.csv`, exact: true }).click();
  await expect(page.getByRole("region", { name: "Columns that are not known" })).toContainText(`Ref ${mark}`);

  await page.getByRole("link", { name: "Name the columns" }).click();
  const status = page.getByRole("region", { name: "Preview", exact: true }).getByRole("status");
  await expect(status).toHaveText("The first 2 rows can be read; 1 matches a rule.");
  const preview = page.getByRole("region", { name: "Preview of the first rows" });
  await expect(preview.getByText("3 Nov 14:42:33")).toBeVisible();
  await choose(page, "Times without a zone are of", "Europe/Berlin");
  await expect(preview.getByText("3 Nov 13:42:33")).toBeVisible();
  await choose(page, "Time", "Source IP");
  await expect(status).toHaveText("The first 2 rows would be rejected.");
  await expect(
    preview.getByText('"198.51.100.7" in the column "Source IP" is no time').first(),
  ).toBeVisible();
  await choose(page, "Time", "Event Time");
  await expect(page.getByRole("region", { name: "Rows of the table" })).toContainText('one; "1"');
  await expect(preview.getByText(/ami-0/).first()).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("textbox", { name: "Name of the log" }).fill("");
  await page.getByRole("button", { name: "Save and read on" }).click();
  await expect(page.getByText("Give the log a name.").first()).toBeVisible();
  await page.getByRole("textbox", { name: "Name of the log" }).fill(`Vendor ${mark}`);
  await page.getByRole("button", { name: "Save and read on" }).click();
  await expect(page.getByText("2 records: 2 new; 1 detection.")).toBeVisible();
  await expect(page.getByRole("link", { name: `Vendor ${mark}` })).toBeVisible();

  await page.goto(`${app.url}/events?operation=CreateImage&log=mapped-table`);
  await page.getByRole("row").filter({ hasText: mark }).getByRole("link").first().click();
  const event = page.getByRole("region", { name: "Event", exact: true });
  await expect(event.getByText(`Vendor ${mark}, version 1`)).toBeVisible();
  await expect(event.getByText("from User").first()).toBeVisible();
  await expect(event.getByText('from ["Source IP"]').first()).toBeVisible();

  const next = `Ref ${mark},action,user,source ip,ami,event time\nx,CopyImage,${mark},198.51.100.7,,2026-11-03 10:00:00`;
  await uploadTable(page, app.url, `${mark}-2.csv`, next);
  await expect(row(page, `${mark}-2.csv`)).toContainText("1 record: 1 new; 1 detection.");

  await page.getByRole("link", { name: "Mappings" }).click();
  const mapping = page.getByRole("row", { name: new RegExp(`Vendor ${mark}`) });
  await expect(mapping).toContainText("Europe/Berlin");
  await expectAccessible(page);
  await page.getByRole("link", { name: `Vendor ${mark}` }).click();
  await expect(page.getByRole("region", { name: "Preview of the first rows" })).toBeVisible();
  await choose(page, "Times without a zone are of", "UTC");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(mapping.getByRole("cell", { name: "2", exact: true }).first()).toBeVisible();
  await expect(mapping).not.toContainText("Europe/Berlin");
  await page.getByRole("button", { name: `Forget Vendor ${mark}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Forget", exact: true }).click();
  await expect(mapping).toHaveCount(0);
  expect(complaintsOf(page)).toEqual([]);
});

test("a table in an archive can be left out, and the rest of the archive is read", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const file = (name: string, content: string) =>
    Buffer.concat([
      tarHeader(name, content.length, new Date(0)),
      Buffer.from(content),
      tarPadding(content.length),
    ]);
  const archive = Buffer.concat([
    file("vendor.csv", table(mark, rowsOf(mark))),
    file("push.jsonl", jsonLines(pushRecords(mark))),
    TAR_END,
  ]);
  await uploadTable(page, app.url, `${mark}.tar`, archive);
  await page.getByRole("link", { name: `${mark}.tar`, exact: true }).click();
  await expect(page.getByText("The columns of vendor.csv are")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Leave this table out" }).click();
  await expect(page.getByText("4 records: 3 new, 1 rejected; 3 detections.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Rejected records" })).toContainText(
    "columns that are not known",
  );
});

test("of two who map one table the later is told who was first", async ({ app }) => {
  const [first, second] = [await app.signedIn("analyst"), await app.signedIn("admin")];
  const mark = newMark();
  await uploadTable(first, app.url, `${mark}.csv`, table(mark, rowsOf(mark)));
  await first.getByRole("link", { name: `${mark}.csv`, exact: true }).click();
  await first.getByRole("link", { name: "Name the columns" }).click();
  await expect(first.getByRole("button", { name: "Save and read on" })).toBeVisible();
  await second.goto(first.url());
  await expect(second.getByRole("button", { name: "Save and read on" })).toBeVisible();
  await first.getByRole("button", { name: "Save and read on" }).click();
  await expect(first.getByText("2 records: 2 new; 1 detection.")).toBeVisible();
  await second.getByRole("button", { name: "Save and read on" }).click();
  await expect(second.getByRole("alert").filter({ hasText: "in the meantime" })).toContainText(
    /analyst-\d+ said what these columns hold/,
  );

  const manager = await app.signedIn("manager");
  expect((await manager.goto(first.url().concat("/mapping")))?.status()).toBe(403);
});
