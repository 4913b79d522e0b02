import type { JsonObject } from "#lib/json.ts";

export const PRODUCTION = "111122223333";
export const STAGING = "444455556666";

/** Whoever calls AWS, as CloudTrail writes it down. */
export type Caller = {
  userIdentity: JsonObject;
  sourceIPAddress: string;
  userAgent: string;
  recipientAccountId: string;
};

/** A session of a role in the production account. */
export function role(
  name: string,
  session: string,
  sourceIPAddress: string,
  userAgent = sourceIPAddress,
): Caller {
  const id = `AROA${name.toUpperCase().replaceAll("-", "").padEnd(17, "X").slice(0, 17)}`;
  return {
    userIdentity: {
      type: "AssumedRole",
      principalId: `${id}:${session}`,
      arn: `arn:aws:sts::${PRODUCTION}:assumed-role/${name}/${session}`,
      accountId: PRODUCTION,
      accessKeyId: `ASIA${id.slice(4, 20)}`,
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: id,
          arn: `arn:aws:iam::${PRODUCTION}:role/${name}`,
          accountId: PRODUCTION,
          userName: name,
        },
        attributes: { mfaAuthenticated: "false" },
      },
    },
    sourceIPAddress,
    userAgent,
    recipientAccountId: PRODUCTION,
  };
}

/** A person who signs in through IAM Identity Center. */
export function dana(): Caller {
  const session = "dana@example.com";
  const name = "AWSReservedSSO_PlatformEngineer_0123456789abcdef";
  return { ...role(name, session, "192.0.2.44", "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15") };
}

/** An IAM user with a long-lived key. */
export function iamUser(userName: string, sourceIPAddress: string, userAgent: string): Caller {
  return {
    userIdentity: {
      type: "IAMUser",
      principalId: "AIDAEXAMPLELEGACY0001",
      arn: `arn:aws:iam::${PRODUCTION}:user/${userName}`,
      accountId: PRODUCTION,
      accessKeyId: "AKIAEXAMPLELEGACY001",
      userName,
    },
    sourceIPAddress,
    userAgent,
    recipientAccountId: PRODUCTION,
  };
}
