import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";

/** Deterministic: the same seed gives the same numbers. */
export function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const START = Date.UTC(2026, 0, 1);
export const ACTORS = 2500;
const REPOSITORIES_EACH = 3;

export function actorName(index: number): string {
  return `pipeline-${index}`;
}

/** Each pipeline works on a few repositories of its own. */
export function repositoryName(actor: number, dice: number): string {
  return `team-${actor % 40}/service-${actor * REPOSITORIES_EACH + (dice % REPOSITORIES_EACH)}`;
}

/** And comes from one network. */
export function networkOfActor(actor: number): string {
  return `10.${actor % 4}.${actor % 200}`;
}

/** JSON Lines of CloudTrail over 60 days; `inScope` of them are pushes, the others look around. */
export function cloudTrailLines(count: number, inScope: number, seed: number): string {
  const random = generator(seed);
  const lines: string[] = [];
  for (let at = 0; at < count; at++) {
    const index = random(ACTORS);
    const actor = actorName(index);
    const repository = repositoryName(index, random(1000));
    const isPush = random(1000) < inScope * 1000;
    const imageTag = `1.${random(500)}`;
    lines.push(
      JSON.stringify(
        cloudTrailRecord({
          eventID: `${seed}-${at}`,
          eventTime: new Date(START + random(60 * 86_400_000)).toISOString(),
          eventSource: isPush ? "ecr.amazonaws.com" : "ec2.amazonaws.com",
          eventName: isPush ? "PutImage" : "DescribeInstances",
          sourceIPAddress: `${networkOfActor(index)}.7`,
          userAgent: "aws-cli/2.17.32",
          userIdentity: {
            type: "AssumedRole",
            arn: `arn:aws:sts::111122223333:assumed-role/${actor}/run-${random(50)}`,
            accountId: "111122223333",
            accessKeyId: `ASIA${actor.toUpperCase()}`,
          },
          requestParameters: isPush
            ? { registryId: "111122223333", repositoryName: repository, imageTag }
            : null,
        }),
      ),
    );
  }
  return lines.join("\n");
}
