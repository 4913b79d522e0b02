import type { Rule } from "./rule.ts";
import { acrCredentialsRead } from "./rules/acr-credentials-read.ts";
import { acrImageDeleted } from "./rules/acr-image-deleted.ts";
import { acrImportOverwrites } from "./rules/acr-import-overwrites.ts";
import { acrOpened } from "./rules/acr-opened.ts";
import { acrPush } from "./rules/acr-push.ts";
import { acrRepositoryPush } from "./rules/acr-repository-push.ts";
import { acrTask } from "./rules/acr-task.ts";
import { acrTokenChanged } from "./rules/acr-token-changed.ts";
import { awsAllowedImagesLoosened } from "./rules/aws-allowed-images-loosened.ts";
import { awsDiskImported } from "./rules/aws-disk-imported.ts";
import { awsFpgaImage } from "./rules/aws-fpga-image.ts";
import { awsImageDeregistered } from "./rules/aws-image-deregistered.ts";
import { awsImageExported } from "./rules/aws-image-exported.ts";
import { awsImagePipelineChanged } from "./rules/aws-image-pipeline-changed.ts";
import { awsImageProtectionOff } from "./rules/aws-image-protection-off.ts";
import { awsImageRestored } from "./rules/aws-image-restored.ts";
import { awsImageSharedWithAccount } from "./rules/aws-image-shared-with-account.ts";
import { awsImageSharedWithEveryone } from "./rules/aws-image-shared-with-everyone.ts";
import { awsImageSharedWithOrganisation } from "./rules/aws-image-shared-with-organisation.ts";
import { awsImageSharingBlockOff } from "./rules/aws-image-sharing-block-off.ts";
import { awsMachineImage } from "./rules/aws-machine-image.ts";
import { azureGalleryChanged } from "./rules/azure-gallery-changed.ts";
import { azureGalleryImageDeleted } from "./rules/azure-gallery-image-deleted.ts";
import { azureGalleryImageVersion } from "./rules/azure-gallery-image-version.ts";
import { azureGalleryShared } from "./rules/azure-gallery-shared.ts";
import { azureImageDelete } from "./rules/azure-image-delete.ts";
import { azureImageTemplate } from "./rules/azure-image-template.ts";
import { azureManagedImage } from "./rules/azure-managed-image.ts";
import { dockerContainerCommitted } from "./rules/docker-container-committed.ts";
import { dockerImageBuilt } from "./rules/docker-image-built.ts";
import { dockerImageLoaded } from "./rules/docker-image-loaded.ts";
import { dockerImagePushed } from "./rules/docker-image-pushed.ts";
import { dockerImageTagged } from "./rules/docker-image-tagged.ts";
import { ecrImageAction } from "./rules/ecr-image-action.ts";
import { ecrImagesDeleted } from "./rules/ecr-images-deleted.ts";
import { ecrLifecycleChanged } from "./rules/ecr-lifecycle-changed.ts";
import { ecrOverwriteRefused } from "./rules/ecr-overwrite-refused.ts";
import { ecrPullOpened } from "./rules/ecr-pull-opened.ts";
import { ecrPullThroughChanged } from "./rules/ecr-pull-through-changed.ts";
import { ecrPush } from "./rules/ecr-push.ts";
import { ecrPushByForeignAccount } from "./rules/ecr-push-by-foreign-account.ts";
import { ecrPushOpened } from "./rules/ecr-push-opened.ts";
import { ecrRegistryScanningChanged } from "./rules/ecr-registry-scanning-changed.ts";
import { ecrReplicationChanged } from "./rules/ecr-replication-changed.ts";
import { ecrScanOnPushOff } from "./rules/ecr-scan-on-push-off.ts";
import { ecrTagsMadeMutable } from "./rules/ecr-tags-made-mutable.ts";
import { garImagesDeleted } from "./rules/gar-images-deleted.ts";
import { garPullOpened } from "./rules/gar-pull-opened.ts";
import { garPush } from "./rules/gar-push.ts";
import { garPushOpened } from "./rules/gar-push-opened.ts";
import { garRepositoryChanged } from "./rules/gar-repository-changed.ts";
import { garTagMoved } from "./rules/gar-tag-moved.ts";
import { gcpBinaryAuthorizationChanged } from "./rules/gcp-binary-authorization-changed.ts";
import { gcpImageAccessChanged } from "./rules/gcp-image-access-changed.ts";
import { gcpImageDeleted } from "./rules/gcp-image-deleted.ts";
import { gcpImageFromBucket } from "./rules/gcp-image-from-bucket.ts";
import { gcpImageMade } from "./rules/gcp-image-made.ts";
import { gcpImageRetired } from "./rules/gcp-image-retired.ts";
import { gcpImageSharedWithEveryone } from "./rules/gcp-image-shared-with-everyone.ts";
import { gcpImageSharedWithForeignDomain } from "./rules/gcp-image-shared-with-foreign-domain.ts";
import { k8sAdmissionGuardRemoved } from "./rules/k8s-admission-guard-removed.ts";
import { k8sBreakGlass } from "./rules/k8s-break-glass.ts";
import { k8sImageDenied } from "./rules/k8s-image-denied.ts";
import { allowingOnly, k8sImageOutsideList } from "./rules/k8s-image-outside-list.ts";
import { registryImageDeleted } from "./rules/registry-image-deleted.ts";
import { registryPush } from "./rules/registry-push.ts";
import { runtimeDisallowedImage } from "./rules/runtime-disallowed-image.ts";
import { runtimeEntrypointChanged } from "./rules/runtime-entrypoint-changed.ts";
import { runtimeMiner } from "./rules/runtime-miner.ts";
import { runtimeNewBinary } from "./rules/runtime-new-binary.ts";
import { runtimePackageManager } from "./rules/runtime-package-manager.ts";

/** Every rule that ships, in the order in which they are shown. */
export const RULES: readonly Rule[] = [
  awsMachineImage,
  awsImageSharedWithEveryone,
  awsImageSharedWithAccount,
  awsImageSharedWithOrganisation,
  awsImageRestored,
  awsImageExported,
  awsDiskImported,
  awsImageDeregistered,
  awsImageSharingBlockOff,
  awsAllowedImagesLoosened,
  awsImageProtectionOff,
  awsImagePipelineChanged,
  awsFpgaImage,
  ecrPush,
  ecrOverwriteRefused,
  ecrPushByForeignAccount,
  ecrImageAction,
  ecrTagsMadeMutable,
  ecrScanOnPushOff,
  ecrRegistryScanningChanged,
  ecrPushOpened,
  ecrPullOpened,
  ecrReplicationChanged,
  ecrPullThroughChanged,
  ecrLifecycleChanged,
  ecrImagesDeleted,
  azureManagedImage,
  azureImageDelete,
  azureGalleryImageVersion,
  azureGalleryChanged,
  azureGalleryShared,
  azureGalleryImageDeleted,
  azureImageTemplate,
  acrPush,
  acrImportOverwrites,
  acrRepositoryPush,
  acrImageDeleted,
  acrTask,
  acrCredentialsRead,
  acrTokenChanged,
  acrOpened,
  gcpImageMade,
  gcpImageFromBucket,
  gcpImageSharedWithEveryone,
  gcpImageSharedWithForeignDomain,
  gcpImageAccessChanged,
  gcpImageRetired,
  gcpImageDeleted,
  garPush,
  garTagMoved,
  garImagesDeleted,
  garPushOpened,
  garPullOpened,
  garRepositoryChanged,
  gcpBinaryAuthorizationChanged,
  dockerImageBuilt,
  dockerContainerCommitted,
  dockerImageLoaded,
  dockerImageTagged,
  dockerImagePushed,
  registryPush,
  registryImageDeleted,
  runtimeNewBinary,
  runtimePackageManager,
  runtimeDisallowedImage,
  runtimeEntrypointChanged,
  runtimeMiner,
  k8sBreakGlass,
  k8sImageDenied,
  k8sImageOutsideList,
  k8sAdmissionGuardRemoved,
];

/**
 * The same as an organisation has them. `allowedImages`: the registries and repositories from which its clusters may run
 * images; with none of them the rule that asks does not fire.
 */
export function rulesOf({ allowedImages }: { allowedImages: readonly string[] }): readonly Rule[] {
  if (allowedImages.length === 0) return RULES;
  return RULES.map((rule) => (rule === k8sImageOutsideList ? allowingOnly(allowedImages) : rule));
}

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** A rule by its id; undefined for one that no longer ships. */
export function findRule(id: string): Rule | undefined {
  return byId.get(id);
}
