import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { accountOf, imageRecords, jsonLines, newMark, pushRecords } from "./records.ts";

test("events are found by text and by value, and the address holds it all", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const records = [
    ...pushRecords(mark),
    ...pushRecords(mark, { errorCode: "AccessDenied", userAgent: "curl/8" }).slice(0, 1),
  ];
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(records));
  await page.goto(`${app.url}/events`);
  await page.getByLabel(/^Search in operations/).fill(`${mark} 198.51.100.7`);
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("4 events match")).toBeVisible();
  const rows = page.getByRole("row").filter({ has: page.getByRole("link", { name: /\d{2}:\d{2}:\d{2}/ }) });
  await expect(rows).toHaveCount(4);
  await expectAccessible(page);

  await page.getByLabel("Outcome").selectOption("failed");
  await expect(page).toHaveURL(/outcome=failure/);
  await expect(page.getByText("1 event matches")).toBeVisible();
  await expect(rows).toHaveCount(1);
  await page.getByRole("link", { name: "Remove: Outcome is failed" }).click();
  await expect(rows).toHaveCount(4);

  await page.getByRole("button", { name: "PutImage" }).click();
  await page.getByRole("menuitem", { name: "Rule out" }).click();
  await expect(page).toHaveURL(/operation=%21PutImage/);
  await expect(page.getByText("3 events match")).toBeVisible();
  await page.getByRole("button", { name: "CompleteLayerUpload" }).click();
  await page.getByRole("menuitem", { name: "Only this" }).click();
  await expect(page.getByText("1 event matches")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Remove: Operation/ })).toHaveCount(1);

  await page.goto(`${app.url}/events?q=${mark}&operation=NoSuchCall`);
  await expect(page.getByText("No event matches these filters")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Clear all filters" }).click();
  await expect(page).toHaveURL(`${app.url}/events`);
  expect(complaintsOf(page)).toEqual([]);
});

test("an event opens beside by keyboard, with its original record and its alert", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const hostile = `‮${"💥".repeat(500)}<img src=x onerror=alert(1)>`;
  // An account of its own: how long its history is depends on nothing that other tests bring.
  const records = pushRecords(mark, { userAgent: hostile, recipientAccountId: accountOf(mark) });
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(records));
  await page.goto(`${app.url}/events?q=${mark}&sort=time`);
  const links = page.getByRole("table", { name: /^Events/ }).getByRole("link", { name: /\d{2}:\d{2}:\d{2}/ });
  await expect(links).toHaveCount(3);
  await links.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(links.first()).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(links.nth(2)).toBeFocused();
  const operation = await page.getByRole("row").nth(3).locator('[data-column="operation"]').innerText();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/event=/);

  const beside = page.getByRole("complementary", { name: "Event opened beside" });
  await expect(beside.getByText(`role/${mark} called ${operation} on prod/${mark}`)).toBeVisible();
  await expect(
    beside.getByText(/^For this actor: first seen: operation.*only 0 days of history\.$/),
  ).toBeVisible();
  await expect(beside.getByText(hostile).first()).toBeVisible();
  await beside.getByText("As received").click();
  const record = records.find(({ eventName }) => eventName === operation);
  await expect(beside.getByText(JSON.stringify(record))).toBeVisible();
  await expectAccessible(page);

  await beside.getByRole("button", { name: "run-1" }).click();
  await expect(page.getByRole("menuitem", { name: "Only this" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(beside.getByRole("button", { name: "run-1" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(beside).toBeHidden();
  await expect(page).not.toHaveURL(/event=/);

  await page.goBack();
  await expect(beside).toBeVisible();
  await beside
    .getByRole("link", { name: /^ALR-\d+$/ })
    .first()
    .click();
  await expect(page.getByText(`role/${mark} pushed prod/${mark}:1.4`)).toBeVisible();
  expect(complaintsOf(page)).toEqual([]);
});

test("a long list is paged forwards and back, and turned round by its head", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const records = Array.from({ length: 60 }, (_, at) =>
    pushRecords(mark, {
      eventTime: new Date(Date.UTC(2026, 2, 4, 12, 0, at)).toISOString(),
      requestID: `${mark}-${at}`,
      eventID: `${mark}-${at}`,
    }).slice(0, 1),
  ).flat();
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(records));
  await page.goto(`${app.url}/events?q=${mark}`);
  await expect(page.getByText("60 events match")).toBeVisible();
  const links = page.getByRole("table", { name: /^Events/ }).getByRole("link", { name: /\d{2}:\d{2}:\d{2}/ });
  const times = () =>
    page.locator("tbody time").evaluateAll((all) => all.map((one) => one.getAttribute("datetime")));
  const stored = records.map(({ eventTime }) => eventTime as string).reverse();
  await expect(links).toHaveCount(50);
  expect(await times()).toEqual(stored.slice(0, 50));
  await page.getByRole("link", { name: "next page" }).click();
  await expect(links).toHaveCount(10);
  expect(await times()).toEqual(stored.slice(50));
  await page.getByRole("link", { name: "previous page" }).click();
  await expect(links).toHaveCount(50);
  expect(await times()).toEqual(stored.slice(0, 50));

  await page.getByRole("columnheader", { name: "Time" }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "Time" })).toHaveAttribute("aria-sort", "ascending");
  await expect.poll(times).toEqual([...stored].reverse().slice(0, 50));
});

test("an address that makes no sense shows what of it does", async ({ app }) => {
  const page = await app.signedIn("manager");
  const mark = newMark();
  await upload(await app.signedIn("analyst"), app.url, `${mark}.jsonl`, jsonLines(imageRecords(mark)));
  const nonsense =
    "platform=azure&platform=mars&outcome=!x&actor=me&from=0000-01-01&range=100y&event=1~x&page=after~1&sort=up&detections=1";
  await page.goto(`${app.url}/events?${nonsense}&account=%00&q=${"x".repeat(500)}`);
  const chips = page.getByRole("list", { name: "Filters in force" });
  await expect(chips.getByRole("link", { name: "Remove: Platform is Azure" })).toBeVisible();
  await expect(chips.getByRole("listitem")).toHaveCount(2);
  await expect(page.getByRole("complementary", { name: "Event opened beside" })).toBeHidden();
  await expect(page.getByRole("table", { name: /^Events/ })).toBeVisible();

  await page.goto(`${app.url}/events?event=1767225600000~a0000000-0000-4000-8000-000000000001`);
  await expect(page.getByText("This event is no longer stored.")).toBeVisible();
  expect(complaintsOf(page)).toEqual([]);
});
