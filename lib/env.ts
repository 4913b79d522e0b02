import path from "node:path";
import { z } from "zod";
import { LIMITS, type Limits, limitSchema, limitsIn } from "./limits.ts";

const emptyIsAbsent = (value: unknown) => (value === "" ? undefined : value);
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(emptyIsAbsent, schema.optional());
const cidrList = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.union([z.cidrv4(), z.cidrv6()])));
const originList = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.url({ protocol: /^https?$/ })));

const imageList = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.string().regex(/^[\w.-]+(:\d+)?(\/[\w.-]+)*\/?$/, "must be registries or repositories")));

const limitSchemas = Object.fromEntries(
  Object.values(LIMITS).map((limit) => [limit.variable, limitSchema(limit)]),
);

const envSchema = z.object({
  ...limitSchemas,
  DATABASE_URL: optional(
    z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgres:// or postgresql://"),
  ),
  TEST_DATABASE_URL: optional(z.string()),
  TEST_SEED: optional(z.coerce.number().int().min(0)),
  PORT: z.preprocess(emptyIsAbsent, z.coerce.number().int().min(0).max(65_535).default(3000)),
  HOST: z.preprocess(emptyIsAbsent, z.string().default("127.0.0.1")),
  BARNACLE_URL: optional(z.url({ protocol: /^https?$/ })),
  BARNACLE_DATA: z.preprocess(emptyIsAbsent, z.string().default(".barnacle")),
  BARNACLE_SECRET: optional(z.string().min(32)),
  BARNACLE_NETWORKS: z.preprocess(emptyIsAbsent, cidrList.default([])),
  BARNACLE_ALLOWED_IMAGES: z.preprocess(emptyIsAbsent, imageList.default([])),
  BARNACLE_KEYS: optional(z.string()),
  BARNACLE_SUMO_URLS: z.preprocess(emptyIsAbsent, originList.default([])),
  SUMO_ACCESS_ID: optional(z.string()),
  SUMO_ACCESS_KEY: optional(z.string()),
  NODE_ENV: optional(z.string()),
  INIT_CWD: optional(z.string()),
  BARNACLE_LOG_LEVEL: z.preprocess(
    emptyIsAbsent,
    z.enum(["fatal", "error", "warn", "info", "debug", "trace"]).default("info"),
  ),
});

/** The settings that an operator gives by environment, parsed once. `.env.example` explains each. */
export type Env = {
  /** Absent: the embedded PostgreSQL is used. */
  databaseUrl: string | undefined;
  /** The server on which the database tests run, when it is not to be ours. */
  testDatabaseUrl: string | undefined;
  /** What happens at random in a test that does so, to have the same happen again. */
  testSeed: number | undefined;
  port: number;
  host: string;
  /** The address under which people reach the application, when it is not `http://localhost:PORT`. */
  publicUrl: string | undefined;
  /** Absolute path of the folder that holds the embedded database and the uploads. */
  dataFolder: string;
  /** Signs session cookies. Absent: kept in the data folder. */
  secret: string | undefined;
  /** The organisation's own networks, as CIDR blocks. */
  networks: readonly string[];
  /** Registries and repositories from which clusters may run images. None: nobody has said. */
  allowedImages: readonly string[];
  /** Of what is delivered. */
  limits: Limits;
  /** What seals the secrets of connections, in the form of `parseSealingKeys`. Absent: kept in the data folder. */
  keys: string | undefined;
  /** Addresses, besides Sumo Logic's own, at which a connection may ask. */
  sumoUrls: readonly string[];
  /** For `npm run sumo` without a stored connection. */
  sumoKey: { accessId: string; accessKey: string } | undefined;
  /** Under `npm run dev`. */
  development: boolean;
  /** The folder in which a person typed the command, which npm leaves for the project's. */
  calledFrom: string;
  logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace";
};

/** Throws an error whose message names each wrong variable, what is wrong, and nothing of its value. */
export function parseEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const parsed = envSchema.safeParse(variables);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path[0]?.toString()}: ${issue.message}`);
    throw new Error(`The environment cannot be used. ${wrong.join("; ")}.`);
  }
  const value = parsed.data;
  return {
    databaseUrl: value.DATABASE_URL,
    testDatabaseUrl: value.TEST_DATABASE_URL,
    testSeed: value.TEST_SEED,
    port: value.PORT,
    host: value.HOST,
    publicUrl: value.BARNACLE_URL?.replace(/\/+$/, ""),
    dataFolder: path.resolve(value.BARNACLE_DATA),
    secret: value.BARNACLE_SECRET,
    networks: value.BARNACLE_NETWORKS,
    allowedImages: value.BARNACLE_ALLOWED_IMAGES,
    limits: limitsIn(value),
    keys: value.BARNACLE_KEYS,
    sumoUrls: value.BARNACLE_SUMO_URLS,
    sumoKey:
      value.SUMO_ACCESS_ID && value.SUMO_ACCESS_KEY
        ? { accessId: value.SUMO_ACCESS_ID, accessKey: value.SUMO_ACCESS_KEY }
        : undefined,
    development: value.NODE_ENV === "development",
    calledFrom: value.INIT_CWD ?? process.cwd(),
    logLevel: value.BARNACLE_LOG_LEVEL,
  };
}

let cached: Env | undefined;

/** Read on first use, so that a module can be loaded where nothing is configured. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}
