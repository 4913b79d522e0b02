import { expect, test } from "vitest";
import { greetingIn } from "./webhook-greeting.ts";

const validation = {
  id: "2d1781af-3a4c-4d7c-bd0c-e34b19da4e66",
  topic: "/subscriptions/s/resourceGroups/r/providers/Microsoft.ContainerRegistry/registries/acme",
  subject: "",
  eventType: "Microsoft.EventGrid.SubscriptionValidationEvent",
  data: { validationCode: "512d38b6", validationUrl: "https://example/validate" },
};
const push = { id: "1", timestamp: "2026-03-10T12:00:00Z", action: "push", target: { repository: "a" } };

test.for<[name: string, sender: string, body: unknown, answer: Record<string, string> | undefined]>([
  ["Event Grid's question", "event-grid", [validation], { validationResponse: "512d38b6" }],
  ["the same among events", "event-grid", [validation, { eventType: "x" }], undefined],
  ["the same from somebody else", "harbor", [validation], undefined],
  ["a question without a code", "event-grid", [{ ...validation, data: {} }], undefined],
  [
    "a ping of ACR",
    "acr",
    { id: "1", timestamp: "2026-03-10T12:00:00Z", action: "ping" },
    { ping: "received" },
  ],
  ["a push", "acr", push, undefined],
  ["what says ping and has a target", "acr", { ...push, action: "ping" }, undefined],
  ["null", "acr", null, undefined],
])("%s", ([, sender, body, answer]) => {
  expect(greetingIn(sender, Buffer.from(JSON.stringify(body)))).toEqual(answer);
});

test("what is no JSON, or long, is no greeting", () => {
  expect(greetingIn("acr", Buffer.from("{"))).toBeUndefined();
  const long = { action: "ping", filling: "x".repeat(20_000) };
  expect(greetingIn("acr", Buffer.from(JSON.stringify(long)))).toBeUndefined();
});
