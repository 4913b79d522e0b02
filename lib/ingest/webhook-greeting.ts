import { z } from "zod";

const eventGridGreeting = z
  .array(
    z.looseObject({
      eventType: z.literal("Microsoft.EventGrid.SubscriptionValidationEvent"),
      data: z.looseObject({ validationCode: z.string().min(1).max(500) }),
    }),
  )
  .length(1);
const acrPing = z.looseObject({ action: z.literal("ping"), target: z.undefined().optional() });

/** Greetings are short: what is longer need not be parsed here. */
const MOST_BYTES = 16_384;

/**
 * What is to be answered to a body by which a sender only looks whether somebody is there; undefined: it is none. Sources:
 * Azure Event Grid, "Endpoint validation with Event Grid event schema"; Azure Container Registry, `az acr webhook ping`.
 */
export function greetingIn(sender: string, bytes: Buffer): Record<string, string> | undefined {
  if (bytes.length > MOST_BYTES) return undefined;
  if (sender === "event-grid") {
    const validation = eventGridGreeting.safeParse(parse(bytes));
    const code = validation.data?.[0]?.data.validationCode;
    return code === undefined ? undefined : { validationResponse: code };
  }
  return sender === "acr" && acrPing.safeParse(parse(bytes)).success ? { ping: "received" } : undefined;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
