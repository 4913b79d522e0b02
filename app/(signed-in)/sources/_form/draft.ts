import type { Connection } from "#lib/sumo/connection.ts";
import { isDeployment } from "#lib/sumo/deployment.ts";
import type { Profile, QuerySettings } from "#lib/sumo/query.ts";

/** A connection as it is being written: texts as they stand in the fields. */
export type ConnectionDraft = {
  name: string;
  /** A code of DEPLOYMENTS, or `custom`. */
  deployment: string;
  apiUrl: string;
  uiUrl: string;
  accessId: string;
  accessKey: string;
  keyOwner: string;
  /** One a line. */
  aws: string;
  azure: string;
  profile: Profile;
  ownQuery: string;
  everyMinutes: string;
};

/** What a new connection begins with. Each organisation names its categories itself: none is proposed. */
export const EMPTY_DRAFT: ConnectionDraft = {
  name: "",
  deployment: "us1",
  apiUrl: "",
  uiUrl: "",
  accessId: "",
  accessKey: "",
  keyOwner: "",
  aws: "",
  azure: "",
  profile: "images-and-context",
  ownQuery: "",
  everyMinutes: "5",
};

/** A stored connection as it is to be changed; its key is not among it. */
export function draftOf(connection: Connection): ConnectionDraft {
  const { name, deployment, keyOwner, categories, profile, everyMinutes } = connection;
  return {
    ...EMPTY_DRAFT,
    ...{ name, deployment, keyOwner, profile },
    apiUrl: connection.apiUrl ?? "",
    uiUrl: connection.uiUrl ?? "",
    aws: categories.aws.join("\n"),
    azure: categories.azure.join("\n"),
    ownQuery: connection.ownQuery ?? "",
    everyMinutes: String(everyMinutes),
  };
}

/** What the query is made of. */
export function queryOf(
  draft: Pick<ConnectionDraft, "aws" | "azure" | "profile" | "ownQuery">,
): QuerySettings {
  return {
    categories: { aws: linesOf(draft.aws), azure: linesOf(draft.azure) },
    profile: draft.profile,
    ownQuery: draft.profile === "own" ? draft.ownQuery : null,
  };
}

/** As it is sent: the schema of lib/sumo/connection.ts says what of it is wrong. */
export function settingsOf(draft: ConnectionDraft) {
  const isOwn = !isDeployment(draft.deployment);
  return {
    name: draft.name,
    deployment: draft.deployment,
    apiUrl: isOwn ? draft.apiUrl : null,
    uiUrl: draft.uiUrl.trim() || null,
    keyOwner: draft.keyOwner,
    ...queryOf(draft),
    everyMinutes: wholeNumber(draft.everyMinutes),
  };
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** What is no number stays a text, of which the schema says that it is none. */
function wholeNumber(text: string): number | string {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : text;
}
