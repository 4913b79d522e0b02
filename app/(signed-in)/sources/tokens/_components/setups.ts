import { deliveryPath, type TokenKind } from "#lib/access/token-kind.ts";

type Snippet = { title: string; text: string };
export type Setup = {
  /** What to do, and what to know of it. */
  steps: readonly string[];
  snippets: readonly Snippet[];
};

/** Stands where the token will, until there is one. */
export const TOKEN_PLACE = "TOKEN";

/** How a sender is set up to deliver at `base`, which is our address without a slash at its end. */
export function setupOf(kind: TokenKind, base: string, token: string): Setup {
  return SETUPS[kind]({ url: `${base}${deliveryPath(kind, token)}`, token, at: new URL(base) });
}

type Place = { url: string; token: string; at: URL };

const SETUPS = {
  api: (place) => ({
    steps: [
      "Any form that an upload may have is read, compressed or not. 202 says that it is stored durably and names the import; after 429 and 5xx send it again, later.",
      "What is sent twice within a day is one import: by its bytes, or by a header Idempotency-Key.",
    ],
    snippets: [
      { title: "curl", text: curl(place) },
      { title: "Fluent Bit", text: fluentBit(place) },
      { title: "Vector", text: vector(place) },
      { title: "Filebeat, by Logstash", text: logstash(place) },
    ],
  }),
  acr: ({ url, token }) => ({
    steps: ["One webhook tells of every repository of a registry. It says what was pushed, and not by whom."],
    snippets: [
      {
        title: "Azure CLI",
        text: `az acr webhook create --registry REGISTRY --name barnacle \\
  --actions push delete --uri '${url}' \\
  --headers 'Authorization=Bearer ${token}'`,
      },
    ],
  }),
  "event-grid": ({ url }) => ({
    steps: [
      "The question by which Event Grid looks whether this is yours is answered by itself, in both of its schemas.",
    ],
    snippets: [
      {
        title: "Azure CLI",
        text: `az eventgrid event-subscription create --name barnacle \\
  --source-resource-id "$(az acr show --name REGISTRY --query id --output tsv)" \\
  --included-event-types Microsoft.ContainerRegistry.ImagePushed \\
    Microsoft.ContainerRegistry.ImageDeleted \\
  --endpoint-type webhook --endpoint '${url}'`,
      },
    ],
  }),
  "docker-hub": ({ url }) => ({
    steps: [
      "On Docker Hub open a repository, then Webhooks, and enter a name and this address. Each repository needs its own.",
      "It says who pushed which tag, without the digest. It is sent once: what does not arrive is lost.",
    ],
    snippets: [{ title: "Webhook URL", text: url }],
  }),
  harbor: ({ url, token }) => ({
    steps: [
      "In Harbor open a project, then Webhooks, then New webhook: notify by http, payload format Default, events Artifact pushed and Artifact deleted.",
    ],
    snippets: [
      { title: "Endpoint URL", text: url },
      { title: "Auth header", text: `Bearer ${token}` },
    ],
  }),
  distribution: ({ url, token }) => ({
    steps: [
      "Put this into the registry's config.yml and start it again. It sends what fails again by itself.",
    ],
    snippets: [
      {
        title: "config.yml",
        text: `notifications:
  endpoints:
    - name: barnacle
      url: ${url}
      headers:
        Authorization: [Bearer ${token}]
      timeout: 5s
      threshold: 5
      backoff: 10s
      ignore:
        actions:
          - pull`,
      },
    ],
  }),
  falcosidekick: ({ url, token }) => ({
    steps: ["Falcosidekick sends each event once: what does not arrive is lost."],
    snippets: [
      {
        title: "config.yaml",
        text: `webhook:
  address: ${url}
  customHeaders:
    Authorization: Bearer ${token}
  minimumpriority: notice`,
      },
    ],
  }),
  sumo: ({ url, token }) => ({
    steps: [
      "Make a connection of the type Webhook in Sumo Logic, and have a monitor or a scheduled search use it.",
      "Sumo Logic sends at most ten messages with an alert. Where none may be missing, have a connection pull them instead.",
    ],
    snippets: [
      { title: "URL", text: url },
      { title: "Authorization header", text: `Bearer ${token}` },
      { title: "Payload", text: '{ "messages": {{ResultsJson}} }' },
    ],
  }),
} as const satisfies Record<TokenKind, (place: Place) => Setup>;

function curl({ url, token }: Place): string {
  return `curl --fail-with-body --header 'Authorization: Bearer ${token}' \\
  --data-binary @trail.json.gz '${url}'`;
}

function fluentBit({ at, token }: Place): string {
  const isSecure = at.protocol === "https:";
  return `[OUTPUT]
    Name             http
    Match            *
    Host             ${at.hostname}
    Port             ${at.port || (isSecure ? 443 : 80)}
    TLS              ${isSecure ? "On" : "Off"}
    URI              ${deliveryPath("api", token)}
    Format           json_lines
    Json_date_key    false
    Compress         gzip
    Header           Authorization Bearer ${token}`;
}

function vector({ url, token }: Place): string {
  return `[sinks.barnacle]
type = "http"
inputs = ["logs"]
uri = "${url}"
method = "post"
compression = "gzip"
encoding.codec = "text"
framing.method = "newline_delimited"
auth.strategy = "bearer"
auth.token = "${token}"`;
}

function logstash({ url, token }: Place): string {
  return `output {
  http {
    url => "${url}"
    http_method => "post"
    format => "json_batch"
    http_compression => true
    headers => { "Authorization" => "Bearer ${token}" }
  }
}`;
}
