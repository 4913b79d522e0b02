"use client";

import { NumberInput, Radio, Stack, Textarea } from "@mantine/core";
import { PROFILE_WORDS, PROFILES, type Profile } from "#lib/sumo/query.ts";
import page from "../../../_ui/form-page.module.css";
import classes from "./connection-form.module.css";
import type { FieldsProps } from "./fields-props.ts";

/** Which logs are asked for, and what of them. */
export function QueryFields({ draft, problemOf, change }: FieldsProps) {
  return (
    <>
      <div className={page.pair}>
        <Textarea
          label="Source categories of AWS CloudTrail"
          description="One a line, as your collectors name them."
          placeholder="aws/cloudtrail"
          autosize
          minRows={2}
          spellCheck={false}
          value={draft.aws}
          error={problemOf("categories.aws") ?? problemOf("categories")}
          onChange={({ currentTarget }) => change({ aws: currentTarget.value })}
        />
        <Textarea
          label="Source categories of Azure activity logs"
          description="One a line; * stands for any text."
          placeholder="azure/activity"
          autosize
          minRows={2}
          spellCheck={false}
          value={draft.azure}
          error={problemOf("categories.azure")}
          onChange={({ currentTarget }) => change({ azure: currentTarget.value })}
        />
      </div>
      <Radio.Group
        label="What is asked for"
        value={draft.profile}
        error={problemOf("profile")}
        onChange={(profile) => change({ profile: profile as Profile })}
      >
        <Stack gap={8} mt={6}>
          {PROFILES.map((profile) => (
            <Radio
              key={profile}
              value={profile}
              label={PROFILE_WORDS[profile].name}
              description={PROFILE_WORDS[profile].about}
            />
          ))}
        </Stack>
      </Radio.Group>
      {draft.profile === "own" ? (
        <Textarea
          label="Query"
          description="Without times. It has to give messages with their _raw."
          required
          autosize
          minRows={3}
          spellCheck={false}
          className={classes.query}
          value={draft.ownQuery}
          error={problemOf("ownQuery")}
          onChange={({ currentTarget }) => change({ ownQuery: currentTarget.value })}
        />
      ) : null}
      <NumberInput
        label="Every how many minutes"
        className={classes.minutes}
        min={1}
        max={1440}
        allowDecimal={false}
        value={draft.everyMinutes}
        error={problemOf("everyMinutes")}
        onChange={(minutes) => change({ everyMinutes: String(minutes) })}
      />
    </>
  );
}
