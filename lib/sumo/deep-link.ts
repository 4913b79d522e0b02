export type SumoLink = { uiUrl: string; query: string; from: Date; to: Date };

/** Sumo's search page with query and times filled in. Source: Sumo Logic, "Use a URL to Run a Search". */
export function sumoSearchUrl({ uiUrl, query, from, to }: SumoLink): string {
  const parameters = new URLSearchParams({
    query,
    startTime: String(from.getTime()),
    endTime: String(to.getTime()),
  });
  // As `+` a space would stay a plus in a page that decodes by itself.
  return `${uiUrl.replace(/\/+$/, "")}/log-search/create?${parameters.toString().replaceAll("+", "%20")}`;
}
