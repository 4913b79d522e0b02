import { describe, expect, test } from "vitest";
import { findAsn, readAsnRanges } from "./asn-ranges.ts";

function readIpv4(lines: string, names = new Map<number, string>()) {
  return readAsnRanges(Buffer.from(lines), 1, names);
}

describe("which system announces an IPv4 address", () => {
  const ranges = readIpv4("10,19,1,One\n20,29,2,Two\n40,40,3,Three\n4294967290,4294967295,4294967294,Last\n");
  test.for<[name: string, address: number, system: number | null]>([
    ["before all ranges", 9, null],
    ["first of the first range", 10, 1],
    ["last of a range", 19, 1],
    ["first of the range beside it", 20, 2],
    ["in the gap between two", 30, null],
    ["last of the gap", 39, null],
    ["a range of one address", 40, 3],
    ["behind a range of one address", 41, null],
    ["before the last range", 4294967289, null],
    ["first of the last range", 4294967290, 4294967294],
    ["the last address of all", 4294967295, 4294967294],
  ])("%s", ([, address, system]) => {
    expect(findAsn(ranges, Uint32Array.of(address))).toBe(system);
  });

  test("of two ranges that overlap the later one says it", () => {
    const overlapping = readIpv4("10,19,1,One\n15,29,2,Two\n");
    expect([14, 15, 29].map((address) => findAsn(overlapping, Uint32Array.of(address)))).toEqual([1, 2, 2]);
  });

  test("without ranges none does", () => {
    expect(findAsn(readIpv4(""), Uint32Array.of(1))).toBeNull();
  });
});

describe("which system announces an IPv6 address", () => {
  // 2001:db8:: to 2001:db8::ffff:ffff, and 2001:db8:0:1:: alone.
  const lines =
    "42540766411282592856903984951653826560,42540766411282592856903984955948793855,1,One\n" +
    "42540766411282592875350729025363378176,42540766411282592875350729025363378176,2,Two\n";
  const ranges = readAsnRanges(Buffer.from(lines), 4, new Map());
  test.for<[name: string, address: number[], system: number | null]>([
    ["before the first", [0x20010db7, 0xffffffff, 0xffffffff, 0xffffffff], null],
    ["the first", [0x20010db8, 0, 0, 0], 1],
    ["the last", [0x20010db8, 0, 0, 0xffffffff], 1],
    ["behind the last", [0x20010db8, 0, 1, 0], null],
    ["a range of one address", [0x20010db8, 1, 0, 0], 2],
    ["behind a range of one address", [0x20010db8, 1, 0, 1], null],
  ])("%s", ([, address, system]) => {
    expect(findAsn(ranges, Uint32Array.from(address))).toBe(system);
  });
});

describe("the name of a system", () => {
  test.for<[name: string, line: string, expected: string]>([
    ["plain", "1,2,64500,Example", "Example"],
    ["with a comma", '1,2,64500,"Example, Inc."', "Example, Inc."],
    ["with quotes", '1,2,64500,"LLC ""EXAMPLE"""', 'LLC "EXAMPLE"'],
    ["in another script", "1,2,64500,Beispiel Größe", "Beispiel Größe"],
    ["on a line that ends with a carriage return", "1,2,64500,Example\r\n", "Example"],
    ["missing", "1,2,64500,", ""],
  ])("%s", ([, line, expected]) => {
    const names = new Map<number, string>();
    readIpv4(line, names);
    expect(names).toEqual(new Map([[64500, expected]]));
  });

  test("the first that is read stays", () => {
    const names = new Map<number, string>();
    readIpv4("1,2,64500,First\n3,4,64500,Second\n", names);
    expect(names.get(64500)).toBe("First");
  });
});

describe("what cannot be searched is refused", () => {
  test.for<[name: string, lines: string, message: string]>([
    ["ranges that do not ascend", "20,29,2,Two\n10,19,1,One\n", "Line 2 of the networks begins before"],
    ["a line of titles", "start,end,number,name\n", "no number at byte 0"],
    ["addresses in another notation", "1.0.0.0,1.0.0.255,1,One\n", "no number at byte 1"],
    ["a line that breaks off", "10,19", "no number at byte 5"],
  ])("%s", ([, lines, message]) => {
    expect(() => readIpv4(lines)).toThrow(message);
  });
});
