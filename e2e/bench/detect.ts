import { detect } from "#lib/detection/detect.ts";
import { RULES } from "#lib/detection/rules.ts";
import type { JsonObject } from "#lib/json.ts";
import type { LogEvent } from "#lib/logs/normalize/event.ts";
import {
  acrRecord,
  azureRecord,
  cloudTrailRecord,
  dockerRecord,
  eventOf,
  falcoRecord,
  gcpRecord,
  kubernetesRecord,
  notificationRecord,
} from "#lib/logs/normalize/fixtures.ts";
import { unknownOrganisation } from "#lib/organisation/organisation.ts";
import { type Bench, type Figure, median } from "./figure.ts";
import { trail } from "./trail.ts";

const SETTINGS = { rules: RULES, organisation: unknownOrganisation() };
const EVENTS = 1_000_000;
const DISTINCT = 20_000;
const ROUNDS = 5;
/** 500,000 events a second on one core. */
const BAR_US = 2;

/** What the rules alone take of an event that is normalised, in a core's own time: nothing is read, nothing stored. */
export const benchDetect: Bench = async (report, { scale }) => {
  const ofTrail = [...trail(DISTINCT)].map((text) => eventOf(JSON.parse(text) as JsonObject));
  const mixed = ofTrail.map((event, at) => (at % 2 === 0 ? event : eventOf(otherLog(at))));
  const firing = ofTrail.filter((event) => detect(event, SETTINGS).length > 0);
  report(figure("CloudTrail, 2 % of it in scope", ofTrail, { scale, bar: BAR_US }));
  report(figure("all logs mixed", mixed, { scale, bar: BAR_US }));
  report(figure("nothing but detections", firing, { scale }));
};

function figure(
  what: string,
  events: readonly LogEvent[],
  { scale, bar }: { scale: number; bar?: number },
): Figure {
  const count = Math.round(EVENTS * scale);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage();
    let found = 0;
    for (let at = 0; at < count; at++) {
      const event = events[at % events.length];
      if (event) found += detect(event, SETTINGS).length;
    }
    if (found === 0) throw new Error("Not one detection: the rules were not looked at.");
    const { user, system } = process.cpuUsage(start);
    return (user + system) / count;
  });
  const value = median(rounds);
  const perSecond = Math.round(1_000_000 / value).toLocaleString("en-GB");
  return {
    name: `detect: ${what} (${perSecond} events/s)`,
    value,
    unit: "µs an event",
    ...(bar !== undefined && { bar, ok: value <= bar }),
  };
}

const OTHERS: readonly ((at: number) => JsonObject)[] = [
  () => azureRecord({ operationName: "Microsoft.Compute/virtualMachines/start/action" }),
  () => azureRecord({ operationName: "MICROSOFT.STORAGE/STORAGEACCOUNTS/WRITE" }),
  () => gcpRecord({ methodName: "v1.compute.instances.insert" }),
  () => gcpRecord({ serviceName: "k8s.io", methodName: "io.k8s.core.v1.configmaps.update" }),
  () => kubernetesRecord({ verb: "get", requestObject: undefined }),
  () => kubernetesRecord(),
  () => dockerRecord("container", "start", "c0ffee", { image: "web:1" }),
  () => falcoRecord("Terminal shell in container"),
  (at) =>
    cloudTrailRecord({ eventSource: `service-${at % 200}.amazonaws.com`, eventName: `Call${at % 3000}` }),
  () => notificationRecord({ action: "pull" }),
  (at) => (at % 3 === 0 ? notificationRecord() : acrRecord({ OperationName: "Pull" })),
];

function otherLog(at: number): JsonObject {
  const make = OTHERS[Math.floor(at / 2) % OTHERS.length];
  if (!make) throw new Error("There is no other log.");
  return make(at);
}
