import { at, isJsonObject, type JsonObject, type JsonValue, listAt } from "#lib/json.ts";
import { guardsOf } from "./cloudtrail-guard.ts";
import { cloudTrailResources } from "./cloudtrail-resource.ts";
import { ecrFacts, REGISTRY_CALLS } from "./ecr-facts.ts";
import type { EventImage, ImageRole } from "./event.ts";
import { field, firstOf } from "./field.ts";
import { manifestFacts } from "./image-manifest.ts";
import { ecrHost, present } from "./registry-image.ts";

type Facts = { images: EventImage[]; subject: string | null; details: JsonObject | null };
type Where = { account: string | null; region: string | null };

const EC2 = "ec2.amazonaws.com";
const IMAGE_BUILDER = "imagebuilder.amazonaws.com";
const ECR = new Set(["ecr.amazonaws.com", "ecr-public.amazonaws.com"]);

/** Operations whose answer names a new image. */
const MAKES_IMAGE = new Set([
  "CreateImage",
  "RegisterImage",
  "CopyImage",
  "ImportImage",
  "CreateRestoreImageTask",
]);
const CHANGES_IMAGE = /^(Modify|Reset|Deregister|Enable|Disable|Cancel|CreateStoreImageTask|ExportImage)/;

/** No call touches more; a list of them may be anybody's. */
const MOST_IMAGES = 200;

/** The images of an EC2 or ECR call, what it names instead, and facts that have no field. */
export function cloudTrailImages(
  record: JsonObject,
  service: string | null,
  operation: string,
  where: Where,
): Facts {
  if (service === EC2) return machineImages(record, operation, where);
  if (service !== null && ECR.has(service)) return repositories(record, service, operation, where);
  if (service === IMAGE_BUILDER) return builder(record);
  return { images: [], subject: null, details: null };
}

/** What Image Builder is to build from has a name and a version, or the ARN that it got by them. */
function builder(record: JsonObject): Facts {
  const request = at(record, "requestParameters");
  const arn = Object.entries(isJsonObject(request) ? request : {}).find(([key]) => key.endsWith("Arn"))?.[1];
  const name = firstOf(field(request, "name"), field(arn)?.split(":").slice(5).join(":"));
  return {
    images: [],
    subject: name ? `name:${name}` : null,
    details: present({ version: field(request, "semanticVersion") }),
  };
}

function machineImages(record: JsonObject, operation: string, where: Where): Facts {
  const request = at(record, "requestParameters");
  const response = at(record, "responseElements");
  const found = new Map<string, EventImage>();
  const add = (id: string | null, role: ImageRole, region = where.region) => {
    const image = id === null ? undefined : machineImage(id, role, region);
    if (image && found.size < MOST_IMAGES && !found.has(image.key)) found.set(image.key, image);
  };

  const shared = shares(request);
  const role = machineImageRole(operation, shared.length > 0);
  add(field(role === "made" ? response : request, "imageId"), role);
  add(field(request, "sourceImageId"), "source", firstOf(field(request, "sourceRegion"), where.region));
  for (const item of listAt(request, "instancesSet", "items")) add(field(item, "imageId"), "used");
  if (found.size === 0) {
    for (const { name, region } of cloudTrailResources(record, "ec2", "image"))
      add(name, role, region ?? where.region);
  }

  const instance = firstOf(field(request, "instanceId"), field(request, "InstanceId"));
  const name = field(request, "name");
  const subject = instance ? `instance:${instance}` : name ? `name:${name}` : null;
  const isImageWork = MAKES_IMAGE.has(operation) || CHANGES_IMAGE.test(operation);
  const details = present({
    instance,
    name,
    snapshot: field(listAt(request, "blockDeviceMapping", "items")[0], "ebs", "snapshotId"),
    sharedWith: shared,
    unsharedFrom: shares(request, "remove"),
    attribute: field(request, "attributeType"),
    bucket: firstOf(
      field(request, "bucket"),
      field(request, "s3ExportLocation", "s3Bucket"),
      field(request, "S3ExportLocation", "S3Bucket"),
    ),
  });
  const guards = guardsOf(record, operation);
  return {
    images: [...found.values()],
    subject,
    details: isImageWork && (details || guards) ? { ...details, ...guards } : null,
  };
}

function machineImageRole(operation: string, isShared: boolean): ImageRole {
  if (MAKES_IMAGE.has(operation)) return "made";
  if (!CHANGES_IMAGE.test(operation)) return "used";
  return isShared ? "shared" : "changed";
}

function machineImage(id: string, role: ImageRole, region: string | null): EventImage {
  const key = imageKey(id, region);
  return { kind: "machine-image", key, name: id, role, account: null, region, tag: null, digest: null };
}

function imageKey(id: string, region: string | null): string {
  return `${region ?? "unknown-region"}/${id.toLowerCase()}`;
}

/** With whom an image is shared from now on, or (`remove`) no longer: account ids, `all`, organisation ARNs. */
function shares(request: JsonValue | undefined, change: "add" | "remove" = "add"): string[] {
  return listAt(request, "launchPermission", change, "items")
    .map((item) =>
      firstOf(
        field(item, "group"),
        field(item, "userId"),
        field(item, "organizationArn"),
        field(item, "organizationalUnitArn"),
      ),
    )
    .filter((party) => party !== null);
}

const PUSHES = /^(PutImage|InitiateLayerUpload|UploadLayerPart|CompleteLayerUpload)$/;
const READS = /^(BatchGet|BatchCheck|Get|Describe|List)/;

function repositories(record: JsonObject, service: string, operation: string, where: Where): Facts {
  const request = at(record, "requestParameters");
  const image = at(record, "responseElements", "image");
  const named = firstOf(field(request, "repositoryName"), field(image, "repositoryName"));
  const [resource] =
    named === null ? cloudTrailResources(record, service.split(".")[0] ?? "", "repository") : [];
  const repository = named ?? resource?.name ?? null;
  if (repository === null) return registryWide(record, service, operation, where);

  const region = resource?.region ?? where.region;
  const registry = firstOf(
    field(request, "registryId"),
    field(image, "registryId"),
    field(record, "responseElements", "registryId"),
    resource?.account,
    where.account,
  );
  const isPush = PUSHES.test(operation);
  const asked = READS.test(operation) ? listAt(request, "imageIds") : [];
  const only = asked.length === 1 ? asked[0] : undefined;
  const key = `${ecrHost(service, registry, region)}/${repository}`;
  const touched: EventImage = {
    kind: "repository",
    key,
    name: repository,
    role: isPush ? "made" : READS.test(operation) ? "used" : "changed",
    account: registry,
    region,
    tag: firstOf(field(request, "imageTag"), field(image, "imageId", "imageTag"), field(only, "imageTag")),
    digest: firstOf(
      field(image, "imageId", "imageDigest"),
      field(request, "imageDigest"),
      field(only, "imageDigest"),
    ),
  };
  const details = present({
    mediaType: firstOf(field(image, "imageManifestMediaType"), field(request, "imageManifestMediaType")),
    layer: firstOf(
      field(record, "responseElements", "layerDigest"),
      field(listAt(request, "layerDigests")[0]),
    ),
    upload: firstOf(field(request, "uploadId"), field(record, "responseElements", "uploadId")),
    ...manifestFacts(at(image, "imageManifest") ?? at(request, "imageManifest")),
  });
  return {
    images: [touched],
    subject: null,
    details: isPush ? details : settings(record, operation, registry),
  };
}

/** What a call says that names no repository: the registry stands for it. */
function registryWide(record: JsonObject, service: string, operation: string, where: Where): Facts {
  if (!REGISTRY_CALLS.has(operation)) return { images: [], subject: null, details: null };
  const subject = `registry:${ecrHost(service, where.account, where.region)}`;
  return { images: [], subject, details: settings(record, operation, where.account) };
}

function settings(record: JsonObject, operation: string, registry: string | null): JsonObject | null {
  const guards = guardsOf(record, operation);
  const facts = ecrFacts(operation, at(record, "requestParameters"), registry);
  return guards || facts ? { ...guards, ...facts } : null;
}
