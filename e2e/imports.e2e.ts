import { gzipSync } from "node:zlib";
import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { imageRecords, jsonLines, newMark, pushRecords } from "./records.ts";

test("an upload is read as one watches, and its alerts are in the queue", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  await upload(page, app.url, `${mark}.json.gz`, gzipSync(JSON.stringify({ Records: pushRecords(mark) })));
  await expect(page.getByText("3 records: 3 new; 3 detections.").first()).toBeVisible();
  await expectAccessible(page);

  await page.goto(`${app.url}/alerts?q=${mark}`);
  await expect(page.getByText("1 alert matches")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: `prod/${mark}` })).toBeVisible();
  expect(complaintsOf(page)).toEqual([]);
});

test("a second upload of the same records says that all were known", async ({ app }) => {
  const page = await app.signedIn("admin");
  const mark = newMark();
  const records = [...pushRecords(mark), ...imageRecords(mark)];
  await upload(page, app.url, `${mark}-1.jsonl`, jsonLines(records));
  await upload(page, app.url, `${mark}-2.json`, JSON.stringify(records, null, 2));
  await expect(page.getByText("All 5 records were known already.").first()).toBeVisible();
});

test("what cannot be read is shown with its place, reason and text", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const content = [
    ...pushRecords(mark).map((record) => JSON.stringify(record)),
    '{"broken":',
    '{"key":"<b>x</b>"}',
  ];
  await upload(page, app.url, `${mark}.jsonl`, content.join("\n"));
  await page.getByRole("link", { name: `${mark}.jsonl` }).click();
  await expect(page.getByRole("heading", { name: "2 rejected records" })).toBeVisible();
  const rejected = page.getByRole("region", { name: "Rejected records" });
  await expect(rejected.getByRole("row", { name: /4 4 .* not valid JSON/ })).toBeVisible();
  await expect(rejected.getByRole("row", { name: /5 5 .* no log that Barnacle knows.*key/ })).toBeVisible();
  await rejected.getByRole("link", { name: "5" }).click();
  await expect(rejected.getByText('{"key":"<b>x</b>"}')).toBeVisible();
  await expectAccessible(page);
  expect(complaintsOf(page)).toEqual([]);
});

test("of very many rejected records the first are kept, and the page says how many are not", async ({
  app,
}) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  await upload(page, app.url, `${mark}.jsonl`, `{"key":1}\n${"x\n".repeat(8999)}${"0\n".repeat(6000)}`);
  await page.getByRole("link", { name: `${mark}.jsonl` }).click();
  await expect(page.getByRole("heading", { name: "15,000 rejected records" })).toBeVisible();
  const rejected = page.getByRole("region", { name: "Rejected records" });
  await expect(rejected.getByText("10,000 of 15,000 are kept")).toBeVisible();
  await expect(rejected.getByText("5,000: A record must be a JSON object.")).toBeVisible();
  await rejected.getByRole("link", { name: "Filter, download or read them again" }).click();
  await expect(page.getByText("10,000 of them are kept. The other 5,000 were counted")).toBeVisible();
  await expect(page.getByRole("link", { name: "Download the 10,000 that are kept" })).toBeVisible();
  await expectAccessible(page);
  // The server and the browser write the sign in the navigation alike.
  await page.reload();
  await expect(page.getByRole("link", { name: /^Imports \d+k rejected/ })).toBeVisible();
  expect(complaintsOf(page)).toEqual([]);
});

for (const [name, content, sentence] of [
  ["an empty file", "", "The file is empty."],
  ["a table without rows", "time,what,who\n", "that has names of columns and no rows"],
  ["an export without messages", "_messagetimems,_messagetime,user\n1,2,3\n", "Export (All Fields)"],
  ["bytes", Buffer.from([0, 1, 2, 3, 255]), "The file is no log in JSON, CSV or text."],
  ["a damaged gzip", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), "cannot be decompressed"],
] as const) {
  test(`${name} fails with a sentence`, async ({ app }) => {
    const page = await app.signedIn("analyst");
    const mark = newMark();
    await upload(page, app.url, `${mark}.log`, Buffer.from(content));
    await page.getByRole("link", { name: `${mark}.log` }).click();
    await expect(page.getByText(sentence)).toBeVisible();
    await expectAccessible(page);
    expect(complaintsOf(page)).toEqual([]);
  });
}

test("the uploader decides whether old records are live", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  await page.goto(`${app.url}/imports`);
  await page.getByText("History", { exact: true }).click();
  await expect(page.getByText("stay out of the default queue")).toBeVisible();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).click();
  await (await chooser).setFiles({
    name: `${mark}.json`,
    mimeType: "application/json",
    buffer: Buffer.from(jsonLines(pushRecords(mark))),
  });
  await page.getByRole("link", { name: `${mark}.json` }).click();
  await expect(page.getByText("as history")).toBeVisible();
});
