import { expect, test } from "vitest";
import { imageWords } from "./image-words.ts";

test.for([
  ["eu-west-1/ami-0abc", "ami-0abc"],
  ["us-gov-west-1/ami-0abc", "ami-0abc"],
  ["111122223333.dkr.ecr.eu-west-1.amazonaws.com/prod/api", "prod/api"],
  ["team.azurecr.io/web", "web"],
  ["localhost:5000/web", "web"],
  ["/subscriptions/0a1b/resourcegroups/r/providers/microsoft.compute/images/gold", undefined],
  ["projects/p/global/images/gold", undefined],
  ["ami-0abc", undefined],
] as const)("%s", ([key, words]) => {
  expect(imageWords(key)).toBe(words ?? key);
});
