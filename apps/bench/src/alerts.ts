import { absence } from "./alerts/absence.ts";
import { kill } from "./alerts/kill.ts";
import { raised } from "./alerts/raised.ts";
import { storm } from "./alerts/storm.ts";
import { triggers } from "./alerts/triggers.ts";

const parts: Record<string, (kills?: number) => Promise<void>> = { raised, absence, triggers, storm, kill };

/**
 * The numbers that alerts are to reach: how soon they stand on a screen, how exactly silence is noticed, one alert whatever triggers it,
 * one incident in a storm, nothing lost by a kill. All of it takes more than an hour, `--storm` and the like choose parts.
 *
 * @param kills how often the program is killed; 20 unless given
 */
export async function alerts(kills?: number, flags: ReadonlySet<string> = new Set()): Promise<void> {
  for (const [name, part] of Object.entries(parts)) {
    if (flags.size === 0 || flags.has(`--${name}`)) await part(kills);
  }
}
