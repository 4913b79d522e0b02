import { defineRule } from "../rule.ts";

export const ecrPullThroughChanged = defineRule({
  id: "ecr-pull-through-changed",
  title: "A pull-through cache of ECR was set up or changed",
  why: "What is pulled through the rule comes from another registry, and is taken for the own one's. A rule with a foreign upstream serves a stranger's images under an own name.",
  logic:
    "CreatePullThroughCacheRule or UpdatePullThroughCacheRule is called, whether it succeeds or is refused. The upstream is named in the event.",
  family: "registry-change",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html",
  ],
  falsePositives: ["Caching of public registries, as AWS recommends"],
  base: 25,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ecr.amazonaws.com"],
      operation: ["CreatePullThroughCacheRule", "UpdatePullThroughCacheRule"],
    },
  ],
});
