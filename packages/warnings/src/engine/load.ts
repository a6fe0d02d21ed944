import type { ObservationReader } from "@ioc/observations";
import type { RecentReadings } from "./recent-readings.ts";
import type { StationContacts } from "./station-contacts.ts";

const atOnce = 500;

/** Fills what the rules look back at, and when each station was heard last, from the store. */
export async function loadReadings(
  reader: ObservationReader,
  retention: ReadonlyMap<string, number>,
  into: { readings: RecentReadings; contacts: StationContacts },
  now: number,
): Promise<void> {
  for (const { datastream, phenomenonTime } of await reader.latest()) {
    into.contacts.hear(datastream, phenomenonTime, now);
  }
  for (const [span, datastreams] of Map.groupBy(retention.keys(), (id) => retention.get(id) ?? 0)) {
    for (let from = 0; from < datastreams.length; from += atOnce) {
      const part = datastreams.slice(from, from + atOnce);
      const rows = await reader.raw({ datastreams: part, from: now - span, to: now });
      for (const [index, datastream] of rows.datastream.entries()) {
        into.readings.put(datastream, rows.time[index] ?? 0, rows.result[index] ?? null);
      }
    }
  }
}
