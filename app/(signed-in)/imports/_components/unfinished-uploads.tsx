"use client";

import { Button, Menu } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { UnfinishedUpload } from "#lib/ingest/uploads.ts";
import { formatBytes } from "../../../_ui/bytes.ts";
import { Time } from "../../../_ui/time.tsx";
import { uploads, useUploads } from "../../_uploads/uploads.ts";
import classes from "./upload-area.module.css";
import { TAKEN_AS_WORDS } from "./words.ts";

type When = { zone: string; now: Date };

/** So lately bytes came that more may be coming. */
const COMING_MS = 20_000;

/** What this person began to send, in whatever browser, and has not ended; what this tab is sending stands above. */
export function UnfinishedUploads({ found, ...when }: { found: UnfinishedUpload[] } & When) {
  const queued = new Set(useUploads().map(({ id }) => id));
  const rows = found.filter(({ id }) => !queued.has(id));
  if (rows.length === 0) return null;
  return (
    <section className={classes.area} aria-label="Uploads not finished">
      <h2 className={classes.heading}>Begun and not finished</h2>
      <p className={classes.hint}>
        Choose the same file again, and it goes on where it stopped. After three days without news they are
        discarded.
      </p>
      <ul className={classes.uploads}>
        {rows.map((upload) => (
          <Unfinished key={upload.id} upload={upload} {...when} />
        ))}
      </ul>
    </section>
  );
}

function Unfinished({ upload, zone, now }: { upload: UnfinishedUpload } & When) {
  const { name, byteSize, sent, takenAs, touchedAt } = upload;
  const isComing = now.getTime() - touchedAt.getTime() < COMING_MS;
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const goOn = (file: File | undefined) => {
    if (!file) return;
    const difference = differenceOf(file, upload);
    setProblem(difference);
    if (difference === null) uploads.add([file], takenAs);
  };
  return (
    <li className={classes.upload}>
      <bdi className={classes.name} title={name}>
        {name}
      </bdi>
      <span className={classes.how}>
        {formatBytes(sent)} of {formatBytes(byteSize)} are here;{" "}
        {isComing ? (
          "the last came just now: another tab or browser may be sending it"
        ) : (
          <>
            the last came <Time time={touchedAt} zone={zone} now={now} />
          </>
        )}
        {takenAs === "auto" ? "" : ` · ${TAKEN_AS_WORDS[takenAs]}`}
      </span>
      {problem ? (
        <span className={classes.problem} role="alert">
          {problem}
        </span>
      ) : null}
      <span className={classes.buttons}>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={`The file ${name}`}
          onChange={({ currentTarget }) => {
            goOn(currentTarget.files?.[0]);
            // The same file may be chosen a second time.
            currentTarget.value = "";
          }}
        />
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Choose ${name} again to go on`}
          onClick={() => input.current?.click()}
        >
          Choose the file again
        </Button>
        <Discard upload={upload} onProblem={setProblem} />
      </span>
    </li>
  );
}

type DiscardProps = { upload: UnfinishedUpload; onProblem: (sentence: string | null) => void };

function Discard({ upload: { id, name, sent }, onProblem }: DiscardProps) {
  const router = useRouter();
  const [isPending, setPending] = useState(false);
  const discard = async () => {
    setPending(true);
    onProblem(await uploads.discard(id));
    setPending(false);
    router.refresh();
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button size="compact-xs" variant="default" aria-label={`Discard ${name}`} loading={isPending}>
          Discard
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void discard()}>Discard the {formatBytes(sent)} that are here</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Why a file cannot be the one that was begun: its rest would be put behind another's beginning. */
function differenceOf(file: File, { name, byteSize, modified }: UnfinishedUpload): string | null {
  if (file.name !== name) return `That is ${file.name}, another file.`;
  if (file.size !== byteSize)
    return `That file has ${formatBytes(file.size)}: it is another one of that name.`;
  if (file.lastModified !== modified) return "That file was changed since. Choose it above to send it anew.";
  return null;
}
