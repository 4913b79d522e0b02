"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { DEPLOYMENT_CODES, DEPLOYMENTS } from "#lib/sumo/deployment.ts";
import page from "../../../_ui/form-page.module.css";
import type { FieldsProps } from "./fields-props.ts";

const LISTED = DEPLOYMENT_CODES.map((code) => ({ value: code, label: DEPLOYMENTS[code].name }));

/** What the connection is called and where it asks. */
export function PlaceFields({
  draft,
  problemOf,
  change,
  allowedOrigins,
}: FieldsProps & { allowedOrigins: readonly string[] }) {
  const isCustom = draft.deployment === "custom";
  const mayBeCustom = allowedOrigins.length > 0 || isCustom;
  return (
    <>
      <TextInput
        label="Name"
        description="As it stands on imports and on this page: Sumo production."
        required
        value={draft.name}
        error={problemOf("name")}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <div className={page.pair}>
        <NativeSelect
          label="Deployment"
          description="It stands in the address at which you use Sumo Logic."
          data={[...LISTED, ...(mayBeCustom ? [{ value: "custom", label: "Another address" }] : [])]}
          value={draft.deployment}
          error={problemOf("deployment")}
          onChange={({ currentTarget }) => change({ deployment: currentTarget.value })}
        />
        <TextInput
          label="Where people search"
          description="Only if your organisation has its own address."
          placeholder="https://example.eu.sumologic.com"
          value={draft.uiUrl}
          error={problemOf("uiUrl")}
          onChange={({ currentTarget }) => change({ uiUrl: currentTarget.value })}
        />
      </div>
      {isCustom ? (
        <TextInput
          label="Address of the interface"
          description={`It ends in /api/. Your operator has listed: ${allowedOrigins.join(", ") || "nothing"}.`}
          required
          value={draft.apiUrl}
          error={problemOf("apiUrl")}
          onChange={({ currentTarget }) => change({ apiUrl: currentTarget.value })}
        />
      ) : null}
    </>
  );
}
