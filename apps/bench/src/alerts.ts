import { kill } from "./alerts/kill.ts";
import { storm } from "./alerts/storm.ts";

/** What becomes of alerts: kills that must lose nothing, and a storm that must not flood people. Takes about 40 minutes. */
export async function alerts(): Promise<void> {
  await kill();
  await storm();
}
