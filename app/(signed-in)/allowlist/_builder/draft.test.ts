import { describe, expect, test } from "vitest";
import { askingRows, conditionsOf, contentOf, draftOf, emptyDraft, expiryOf, offeredDraft } from "./draft.ts";

const now = new Date("2026-11-24T14:03:07.123Z");
const classes = [
  { value: "ci-cd", label: "CI/CD pipeline", days: 90 },
  { value: "other", label: "Other", days: 30 },
] as const;
const beginning = { ownerId: "6f1f0b5c-7f1a-4b0e-9d7e-0f4f6a1b2c3d", classes, zone: "Asia/Kolkata", now };
const offered = (value: string) => ({ value, words: value, detections: 1 });

describe("a draft", () => {
  test("from an offer asks for what is chosen, and keeps the rest at hand", () => {
    const draft = offeredDraft(
      {
        title: "role/ci works on prod/api",
        reasonClass: "ci-cd",
        reason: "",
        offers: [
          { field: "actor", op: "is", values: [offered("1/role/ci")], chosen: ["1/role/ci"] },
          { field: "userAgent", op: "is", values: [offered("Buildkit")], chosen: [] },
        ],
      },
      beginning,
    );
    expect(draft.rows.map(({ field, offered: values }) => [field, values.length])).toEqual([
      ["actor", 1],
      ["userAgent", 1],
    ]);
    expect(conditionsOf(askingRows(draft.rows))).toEqual([
      { field: "actor", op: "is", values: ["1/role/ci"], not: false },
    ]);
    expect(draft.expiryText).toBe("2027-02-22T19:33");
  });

  test("that is empty asks for values, so that nothing is saved without", () => {
    const { conditions } = contentOf(emptyDraft(beginning), {
      zone: "UTC",
      keptStart: null,
      keptExpiry: null,
    });
    expect(conditions.map(({ values }) => values)).toEqual([[], []]);
  });

  test("expires by the class of its reason", () => {
    expect(expiryOf("other", beginning)).toBe("2026-12-24T19:33");
  });

  test("of an entry keeps its times to the millisecond until they are touched", () => {
    const startsAt = new Date("2026-11-01T00:00:00.001Z");
    const expiresAt = new Date("2026-12-01T00:00:00.002Z");
    const draft = draftOf(
      {
        id: "0",
        number: 1,
        state: "enforcing",
        version: 1,
        revision: 1,
        createdAt: now,
        updatedAt: now,
        title: "t",
        conditions: [],
        signals: [],
        ownerId: beginning.ownerId,
        reasonClass: "other",
        reason: "r",
        ticket: null,
        startsAt,
        expiresAt,
      },
      beginning,
    );
    const kept = { zone: "Asia/Kolkata", keptStart: startsAt, keptExpiry: expiresAt };
    expect(contentOf(draft, kept)).toMatchObject({ startsAt, expiresAt });
    expect(contentOf({ ...draft, expiryText: "2026-12-02T00:00" }, kept)).toMatchObject({
      expiresAt: new Date("2026-12-01T18:30:00Z"),
    });
  });

  test("that starts now leaves the moment to the server", () => {
    const sent = contentOf(emptyDraft(beginning), { zone: "UTC", keptStart: null, keptExpiry: null });
    expect(sent.startsAt).toBeNull();
  });
});
