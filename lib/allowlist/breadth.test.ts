import { expect, test } from "vitest";
import { PLATFORMS } from "#lib/logs/normalize/event.ts";
import { type Broadness, broadnessOf } from "./breadth.ts";
import type { Condition, Field } from "./condition.ts";

const is = (field: Field, ...values: string[]): Condition => ({ field, op: "is", values, not: false });
const glob = (field: Field, ...values: string[]): Condition => ({ field, op: "glob", values, not: false });
const within = (...values: string[]): Condition => ({ field: "address", op: "cidr", values, not: false });
const not = (condition: Condition): Condition => ({ ...condition, not: true });

const actor = is("actor", "111122223333/role/ci");
const image = is("image", "eu-west-1/ami-1");
const agent = is("userAgent", "docker/24.0");
const slashEights = (count: number) => Array.from({ length: count }, (_, at) => `${at + 11}.0.0.0/8`);

test.for<[name: string, conditions: Condition[], expected: Broadness[]]>([
  ["an actor and an image", [actor, image], []],
  ["an agent and an actor", [agent, actor], []],
  ["an agent and a network", [agent, within("198.51.100.0/24")], []],
  ["an actor and what it does not do", [actor, image, not(is("operation", "DeleteImage"))], []],

  ["an agent", [agent], ["user-agent-alone"]],
  ["a pattern of agents", [glob("userAgent", "docker/*")], ["user-agent-alone"]],
  ["an agent twice", [agent, glob("userAgent", "docker/*")], ["user-agent-alone"]],
  ["an agent and what it is not", [agent, not(actor)], ["user-agent-alone"]],
  ["an agent and all actors", [agent, glob("actor", "*")], ["matches-everything", "user-agent-alone"]],
  ["an agent and a platform", [agent, is("platform", "aws")], ["user-agent-alone"]],
  [
    "an agent, a platform and an outcome",
    [agent, is("platform", "aws"), is("outcome", "success")],
    ["user-agent-alone"],
  ],
  [
    "an agent and all platforms",
    [agent, is("platform", ...PLATFORMS)],
    ["matches-everything", "user-agent-alone"],
  ],
  ["an agent that is not, and an actor", [not(agent), actor], ["single-condition"]],

  ["all images", [actor, glob("image", "*")], ["matches-everything", "single-condition"]],
  ["a pattern of one letter", [actor, image, glob("tag", "*a*")], ["matches-everything"]],
  ["a pattern of two letters", [actor, image, glob("tag", "v1*")], []],
  ["two letters with stars between them", [actor, image, glob("tag", "v*1")], []],
  ["stars and a slash", [actor, image, glob("session", "*/*")], ["matches-everything"]],
  ["one pattern of several", [actor, image, glob("tag", "v1.*", "*")], ["matches-everything"]],
  ["a star that is meant", [actor, image, is("tag", "*")], []],
  ["one letter that is meant", [actor, image, is("tag", "a")], []],
  ["a tag that fits no pattern", [actor, image, not(glob("tag", "*"))], []],
  ["all addresses", [actor, image, within("0.0.0.0/0")], ["matches-everything"]],
  ["all addresses of the newer kind", [actor, image, within("10.0.0.0/8", "::/0")], ["matches-everything"]],
  ["a prefix that ends in a nought", [actor, image, within("198.51.100.0/30")], []],
  ["all addresses but these", [actor, image, not(within("0.0.0.0/0"))], []],
  ["all outcomes", [actor, image, is("outcome", "unknown", "failure", "success")], ["matches-everything"]],
  ["all outcomes but one", [actor, image, is("outcome", "failure", "success")], []],
  ["patterns of all platforms", [actor, image, glob("platform", "a*", "gcp", "*er")], ["matches-everything"]],
  ["a pattern of one platform", [actor, image, glob("platform", "az*")], []],
  ["all, and nothing else", [glob("actor", "**")], ["matches-everything"]],
  ["all of each", [glob("actor", "*"), glob("image", "*")], ["matches-everything"]],

  ["what it is not", [not(actor)], ["nothing-but-not"]],
  ["much that it is not", [not(actor), not(image), not(agent)], ["nothing-but-not"]],
  ["all actors but one", [glob("actor", "*"), not(actor)], ["matches-everything"]],

  ["an actor", [actor], ["single-condition"]],
  ["several actors", [is("actor", "a", "b")], ["single-condition"]],
  ["an actor twice", [actor, glob("actor", "*role/ci")], ["single-condition"]],
  ["an actor and what it does not", [actor, not(image)], ["single-condition"]],
  ["an actor and its platform", [actor, is("platform", "aws")], ["single-condition"]],
  ["an actor and an outcome", [actor, is("outcome", "success")], ["single-condition"]],
  ["a platform", [is("platform", "aws")], ["single-condition"]],
  ["a platform and an outcome", [is("platform", "aws"), is("outcome", "success")], ["single-condition"]],
  ["a network", [within("198.51.100.0/24")], ["single-condition"]],

  ["a /7", [actor, image, within("10.0.0.0/7")], ["huge-network"]],
  ["a /8", [actor, image, within("10.0.0.0/8")], []],
  ["half of all addresses", [actor, image, within("0.0.0.0/1", "198.51.100.0/24")], ["huge-network"]],
  ["two /8, as large as a /7", [actor, image, within(...slashEights(2))], ["huge-network"]],
  ["a hundred /8", [actor, image, within(...slashEights(100))], ["huge-network"]],
  [
    "all private addresses",
    [actor, image, within("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/24")],
    [],
  ],
  ["a /23 of the newer kind", [actor, image, within("2001:da00::/23")], ["huge-network"]],
  ["a /24 of the newer kind", [actor, image, within("2001:db00::/24")], []],
  ["two of them", [actor, image, within("2001:da00::/24", "2001:db00::/24")], ["huge-network"]],
  ["a huge network that it is not in", [actor, image, not(within("0.0.0.0/1"))], []],
  ["a huge network alone", [within("0.0.0.0/1")], ["huge-network", "single-condition"]],
])("%s", ([, conditions, expected]) => {
  expect(broadnessOf(conditions)).toEqual(expected);
});
