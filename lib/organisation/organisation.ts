import { matchesGlob } from "#lib/glob.ts";
import { PLATFORMS, type Platform } from "#lib/logs/normalize/event.ts";
import { NetworkSet } from "./network-set.ts";
import { isOffHours, type WorkingHours } from "./working-hours.ts";

/** What an organisation says of itself, each list with a page of its own. */
export const ORGANISATION_LISTS = ["networks", "accounts", "applications", "images", "hours"] as const;
export type OrganisationList = (typeof ORGANISATION_LISTS)[number];

/** From the least to the most. */
export const IMPORTANCES = ["normal", "high", "critical"] as const;
export type Importance = (typeof IMPORTANCES)[number];

export type OwnNetwork = { cidr: string; name: string };
/** An AWS account or organisation, an Azure subscription or tenant, a Google Cloud project or domain, a registry. */
export type CloudAccount = {
  platform: Platform;
  /** As `accountId` writes it. */
  id: string;
  name: string;
  owner: string | null;
  importance: Importance;
  /** False of a partner's: it is named, and stays foreign. */
  isOwn: boolean;
};
/** An Azure application by its client id, or a service account of Google Cloud by its e-mail. */
export type CloudApplication = { platform: Platform; id: string; name: string; owner: string | null };
/** `*` in the pattern stands for anything. */
export type ImageImportance = { pattern: string; importance: Importance; note: string | null };

/** As it is stored. */
export type OrganisationSettings = {
  networks: readonly OwnNetwork[];
  accounts: readonly CloudAccount[];
  applications: readonly CloudApplication[];
  images: readonly ImageImportance[];
  hours: WorkingHours | null;
};

const NOTHING_SAID: OrganisationSettings = {
  networks: [],
  accounts: [],
  applications: [],
  images: [],
  hours: null,
};

/** An Azure id in either case is one id, as is a domain. */
export function accountId(platform: Platform, id: string): string {
  return platform === "azure" || platform === "gcp" ? id.toLowerCase() : id;
}

/** What the organisation says of itself, to be asked for each event: everything is found by a key, or remembered. */
export class Organisation {
  /** Of the change that was stored last: another one may answer otherwise. */
  readonly revision: number;
  readonly hours: WorkingHours | null;
  readonly #networks: NetworkSet;
  readonly #accounts: ReadonlyMap<string, CloudAccount>;
  readonly #applications: ReadonlyMap<string, CloudApplication>;
  readonly #images: readonly ImageImportance[];
  readonly #imageImportances = new Map<string, Importance>();

  /** `networks`: those that the environment names, which count beside the stored ones. */
  constructor(settings: OrganisationSettings, revision: number, networks: readonly string[]) {
    this.revision = revision;
    this.hours = settings.hours;
    this.#networks = new NetworkSet([...networks, ...settings.networks.map(({ cidr }) => cidr)]);
    this.#accounts = new Map(settings.accounts.map((one) => [keyOf(one.platform, one.id), one]));
    this.#applications = new Map(settings.applications.map((one) => [keyOf(one.platform, one.id), one]));
    this.#images = settings.images;
  }

  /** What an account is called; null for one that nobody has named. */
  nameOf(platform: Platform, account: string | null): string | null {
    return this.accountOf(platform, account)?.name ?? null;
  }

  /** The same of any id, of an account or an application: their forms differ from platform to platform. */
  nameOfId(id: string): string | null {
    return this.accountOfId(id)?.name ?? this.applicationOfId(id)?.name ?? null;
  }

  accountOfId(id: string): CloudAccount | null {
    return firstOf((platform) => this.accountOf(platform, id));
  }

  applicationOfId(id: string): CloudApplication | null {
    return firstOf((platform) => this.applicationOf(platform, id));
  }

  accountOf(platform: Platform, account: string | null): CloudAccount | null {
    return account === null ? null : (this.#accounts.get(keyOf(platform, account)) ?? null);
  }

  /** By the id of an application, or the e-mail of a service account. */
  applicationOf(platform: Platform, id: string): CloudApplication | null {
    return this.#applications.get(keyOf(platform, id)) ?? null;
  }

  /** Whether somebody with whom an image is shared belongs to the organisation. Accounts alone, or within an ARN or a member. */
  isOwnParty(platform: Platform, party: string): boolean {
    return namesOf(platform, party).some((id) => this.accountOf(platform, id)?.isOwn === true);
  }

  isOwnNetwork(address: string | null): boolean {
    return address !== null && this.#networks.has(address);
  }

  importanceOfAccount(platform: Platform, account: string | null): Importance {
    return this.accountOf(platform, account)?.importance ?? "normal";
  }

  /** The most that a pattern gives to the key of an image. */
  importanceOfImage(key: string | null): Importance {
    if (key === null || this.#images.length === 0) return "normal";
    const known = this.#imageImportances.get(key);
    if (known !== undefined) return known;
    const fitting = this.#images.filter(({ pattern }) => matchesGlob(pattern, key));
    const found = worst(fitting.map(({ importance }) => importance));
    if (this.#imageImportances.size >= MOST_REMEMBERED) this.#imageImportances.clear();
    this.#imageImportances.set(key, found);
    return found;
  }

  /** The greater of an account's and an image's. */
  importanceOf(of: { platform: Platform; account: string | null; image: string | null }): Importance {
    return worst([this.importanceOfAccount(of.platform, of.account), this.importanceOfImage(of.image)]);
  }

  /** False as long as nobody has said when people work. */
  isOffHours(at: Date): boolean {
    return this.hours !== null && isOffHours(this.hours, at);
  }
}

const MOST_REMEMBERED = 10_000;

/** One of which nothing is known but the networks that the environment names. */
export function unknownOrganisation(networks: readonly string[] = []): Organisation {
  return new Organisation(NOTHING_SAID, 0, networks);
}

function firstOf<Found>(find: (platform: Platform) => Found | null): Found | null {
  for (const platform of PLATFORMS) {
    const found = find(platform);
    if (found !== null) return found;
  }
  return null;
}

function keyOf(platform: Platform, id: string): string {
  return `${platform} ${accountId(platform, id)}`;
}

function worst(importances: readonly Importance[]): Importance {
  return IMPORTANCES.findLast((one) => importances.includes(one)) ?? "normal";
}

/** The ids of accounts by which a party may be listed. Source: AWS Organizations, "ARNs"; Google Cloud IAM, "Principal identifiers". */
function namesOf(platform: Platform, party: string): string[] {
  if (platform === "aws") {
    const [, service, account, organisation] =
      /^arn:[^:]*:([\w-]+):[^:]*:(\d{12})?:(?:\w+\/(o-[a-z0-9]+))?/.exec(party) ?? [];
    return service === "organizations" ? named(organisation) : [party, ...named(account)];
  }
  if (platform !== "gcp") return [party];
  const member = party.slice(party.indexOf(":") + 1);
  const domain = member.split("@")[1];
  const project = /^([\w-]+)\.iam\.gserviceaccount\.com$/.exec(domain ?? "")?.[1];
  return [member, ...named(domain), ...named(project)];
}

function named(id: string | undefined): string[] {
  return id === undefined ? [] : [id];
}
