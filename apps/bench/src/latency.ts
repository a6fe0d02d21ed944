import { absence } from "./latency/absence.ts";
import { raised } from "./latency/raised.ts";

/**
 * From readings to people: how long until an alert stands on the screen, and how exactly silence is noticed. Takes about 35 minutes,
 * because the rule on silence waits for half an hour.
 */
export async function latency(): Promise<void> {
  await raised();
  await absence();
}
