type Verb = { is: RegExp; done: string; attempted: string; part?: true };

/** By operation, in the order in which a story runs. `part`: only on the way to what follows. */
const VERBS: readonly Verb[] = [
  {
    is: /^(Initiate|Complete)LayerUpload$|^UploadLayerPart$|^Docker-(Start|Finish)Upload$/,
    done: "uploaded layers to",
    attempted: "upload layers to",
    part: true,
  },
  { is: /^container commit$/, done: "committed", attempted: "commit" },
  { is: /^(image|builder) build$|^image create$/, done: "built", attempted: "build" },
  { is: /^image (load|import)$/, done: "loaded", attempted: "load" },
  { is: /^CreateImage$|\.(images|machineImages)\.insert$/i, done: "made", attempted: "make" },
  { is: /\/images(\/versions)?\/write$/i, done: "wrote", attempted: "write" },
  {
    is: /\/virtualmachines\/capture/i,
    done: "captured an image from",
    attempted: "capture an image from",
  },
  { is: /^RegisterImage$/, done: "registered", attempted: "register" },
  { is: /^CopyImage$/, done: "copied", attempted: "copy" },
  { is: /^CreateRestoreImageTask$/, done: "restored", attempted: "restore" },
  { is: /^ImportImage$|\/importimage/i, done: "imported", attempted: "import" },
  { is: /^image tag$|\.(createTag|updateTag)$/i, done: "tagged", attempted: "tag" },
  {
    is: /^(PutImage|ECR Image Action PUSH|image push|push|PUSH_ARTIFACT|pushImage|repo\.tag\.push|Docker-PutManifest)$|\/registries\/push/i,
    done: "pushed",
    attempted: "push",
  },
  { is: /^ModifyImageAttribute$|setIamPolicy$/i, done: "changed", attempted: "change" },
  { is: /\/share\/action$/i, done: "shared", attempted: "share" },
  {
    is: /^(CreateStoreImageTask|ExportImage|CreateInstanceExportTask)$/,
    done: "exported",
    attempted: "export",
  },
  { is: /^DisableImage$/, done: "disabled", attempted: "disable" },
  { is: /^DeregisterImage$/, done: "deregistered", attempted: "deregister" },
  {
    is: /\/(images|versions)\/delete$|^(BatchDeleteImage|DeleteRepository)$|\.(images|machineImages)\.delete$|^(image )?delete$|^(DELETE_ARTIFACT|deleteImage|repo\.(tag\.)?delete|Docker-Delete(Manifest|Tag)|Purge(Tag|Manifest))$/i,
    done: "deleted",
    attempted: "delete",
  },
];

/** Changing with whom an image is shared. */
const SHARING = /^ModifyImageAttribute$|setIamPolicy$/i;
const NAMED = 2;

/** The same operations, the most telling first: what a story ends with, not how it began. */
export function tellingFirst(operations: readonly string[]): string[] {
  const rank = (operation: string) => VERBS.findLastIndex(({ is }) => is.test(operation));
  return [...operations].sort((a, b) => rank(b) - rank(a));
}

/** What was done, or `attempted`: "built, tagged and pushed". Ends where the image follows. */
export function verbs(
  operations: readonly string[],
  how: { attempted: boolean; isShared: boolean; isUnshared: boolean },
): string {
  const found = VERBS.filter(({ is }) => operations.some((operation) => is.test(operation)));
  const telling = found.length > 1 ? found.filter(({ part }) => !part) : found;
  if (telling.length === 0) return called(operations, how.attempted);
  return list([
    ...new Set(
      telling.map((verb) =>
        operations.some((one) => SHARING.test(one) && verb.is.test(one)) ? share(verb, how) : said(verb, how),
      ),
    ),
  ]);
}

function said({ done, attempted }: Verb, how: { attempted: boolean }): string {
  return how.attempted ? attempted : done;
}

function share(verb: Verb, how: { attempted: boolean; isShared: boolean; isUnshared: boolean }): string {
  if (how.isShared) return how.attempted ? "share" : "shared";
  if (how.isUnshared) return how.attempted ? "stop sharing" : "stopped sharing";
  return said(verb, how);
}

/** An operation that has no verb of its own is called by its name. */
function called(operations: readonly string[], attempted: boolean): string {
  const named = operations.slice(0, NAMED);
  const more = operations.length - named.length;
  const what = list(more > 0 ? [...named, `${more} more`] : named);
  return `${attempted ? "call" : "called"} ${what} on`;
}

export function list(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
