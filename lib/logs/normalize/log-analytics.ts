/** What a Log Analytics workspace adds to each row it keeps. Frozen: a change would change ids. */
export const LOG_ANALYTICS_FIELDS: ReadonlySet<string> = new Set([
  "TenantId",
  "SourceSystem",
  "MG",
  "Type",
  "_ResourceId",
  "_SubscriptionId",
  "_ItemId",
  "_Internal_WorkspaceResourceId",
  "_TimeReceived",
  "_BilledSize",
  "_IsBillable",
]);
