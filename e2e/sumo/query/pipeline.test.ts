import { describe, expect, test } from "vitest";
import type { Message } from "../message.ts";
import { Refusal } from "../refusal.ts";
import { countMessages, parseQuery, rowOf } from "./pipeline.ts";

function message(raw: string, sourceCategory = "aws/cloudtrail", messageTime = 0): Message {
  return { raw, sourceCategory, messageTime, receiptTime: messageTime, searchableAt: 0, number: 1 };
}

describe("scope", () => {
  const put = message('{"eventSource":"ecr.amazonaws.com","eventName":"PutImage","tag":"a b"}');
  const azure = message('{"operationName":"MICROSOFT.COMPUTE/IMAGES/WRITE"}', "Azure/Activity Log");

  test.for([
    ["putimage", put, true],
    ["Put", put, false],
    ["Image", put, false],
    ["Put*", put, true],
    ["*Image", put, true],
    ['"a b"', put, true],
    ['"Put*"', put, false],
    ["ecr.amazonaws.com", put, true],
    ['"microsoft.compute"', azure, true],
    ['"microsoft.comp"', azure, false],
    ["*", put, true],
    ["putimage nothing", put, false],
    ["putimage AND nothing", put, false],
    ["putimage OR nothing", put, true],
    ["nothing or putimage", put, true],
    ["NOT putimage", put, false],
    ["!nothing", put, true],
    ["putimage NOT nothing", put, true],
    ["nothing AND nothing OR putimage", put, true],
    ["putimage (nothing OR nought)", put, false],
    ["_sourceCategory=aws/cloudtrail", put, true],
    ["_SOURCECATEGORY=AWS/CloudTrail", put, true],
    ["_sourceCategory = aws/cloudtrail", put, true],
    ["_sourceCategory=aws", put, false],
    ["_sourceCategory=aws*", put, true],
    ["_sourceCategory=*trail", put, true],
    ["_sourceCategory!=aws*", put, false],
    ['_sourceCategory="azure/activity log"', azure, true],
    ['_sourceCategory="azure/*"', azure, false],
    ["_sourceCategory=azure/activity log", azure, false],
    ["_index=sec_signal", put, false],
    ["eventName=PutImage", put, false],
    ["putimage // nothing", put, true],
  ] as const)("%s", ([scope, of, isHeld]) => {
    expect(parseQuery(scope).scope.holds(of)).toBe(isHeld);
  });

  test.for([
    ['a "b', "Unable to parse query."],
    ["(a", "Unable to parse query."],
    ["a)", "Unable to parse query."],
    ["a OR", "Unexpected token '<EOF>' found."],
    ["OR a", "Unexpected token 'OR' found."],
    ["()", "Unexpected token ')' found."],
    ["a = ", "Unexpected token '<EOF>' found."],
    ["{a}", "Unexpected token '{' found."],
    ["a, b", "Unexpected token ',' found."],
    ["| count", "Unexpected token '<EOF>' found."],
  ] as const)("%s is refused", ([query, detail]) => {
    expect(refusal(query)).toBe(detail);
  });
});

describe("operators", () => {
  test.for([
    "a | json auto",
    'a | json field=_raw "eventName", "userIdentity.arn" as op, arn nodrop',
    'a | if(op = "x", 1, 0) as isX',
    'a | parse "\\"eventName\\":\\"*\\"" as op',
    "a | where op matches /(?i)(add|remove)\\/it.*/",
    'a | where op in ("x","y|z") | fields op, ip | sort by _messagetime',
    'a | toLowerCase(op) as op2 | op2 as %"op.3"',
    'a // why | not\n| where x = "//"',
    "a | timeslice 1h | count by _timeslice",
  ])("%s is taken", (query) => {
    expect(refusal(query)).toBeUndefined();
  });

  test.for([
    ['a | eval Platform = if(x = "1", 1, 2)', "Unexpected token 'eval' found."],
    ["a | eval x as y", "Unexpected token 'eval' found."],
    ["a | table x, y", "Unexpected token 'table' found."],
    ["a | ", "Unexpected token '|' found."],
    ['a | where x = "y', "Unable to parse query."],
    ["a | where (x", "Unable to parse query."],
    ["a | fields", "Unexpected token '<EOF>' found."],
    ["a | limit all", "Unexpected token 'all' found."],
    ["a | count by", "Unexpected token 'by' found."],
    ["a | sum(x)", "The stand-in does not work out 'sum'."],
  ] as const)("%s is refused", ([query, detail]) => {
    expect(refusal(query)).toBe(detail);
  });
});

describe("what is worked out", () => {
  const found = [
    message("1", "aws", 10),
    message("2", "AWS", 3_600_010),
    message("3", "azure", 20),
    message("4", "azure", 30),
  ];
  const rows = (query: string) => {
    const { count, limit } = parseQuery(query);
    return count && countMessages(found, count, limit);
  };

  test("count, also of nothing", () => {
    expect(rows("* | count")).toEqual([{ _count: "4" }]);
    expect(rows("* | count as n")).toEqual([{ n: "4" }]);
    expect(countMessages([], { as: "_count", by: [], slice: undefined })).toEqual([{ _count: "0" }]);
    expect(countMessages([], { as: "_count", by: ["_source"], slice: undefined })).toEqual([]);
  });

  test("count by, with timeslices, and limit", () => {
    expect(rows("* | count by _sourceCategory")).toEqual([
      { _count: "1", _sourcecategory: "aws" },
      { _count: "1", _sourcecategory: "AWS" },
      { _count: "2", _sourcecategory: "azure" },
    ]);
    expect(rows("* | timeslice 1h | count by _timeslice")).toEqual([
      { _count: "3", _timeslice: "0" },
      { _count: "1", _timeslice: "3600000" },
    ]);
    expect(rows("* | timeslice 1h | count by _timeslice | limit 1")).toHaveLength(1);
  });

  test("fields keep what begins with an underscore, unless it is taken away", () => {
    const row = (query: string) => Object.keys(rowOf(message("1"), parseQuery(query).fields));
    expect(row("* | fields eventop")).toContain("_raw");
    expect(row("* | fields -_raw, _size")).not.toContain("_raw");
    expect(row("* | fields -_raw, _size")).toContain("_messageid");
  });
});

function refusal(query: string): string | undefined {
  try {
    parseQuery(query);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
