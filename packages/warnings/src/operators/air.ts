import { datastreamId, durationMs } from "@ioc/contracts";
import { aqiTableOf, pollutants, tableProblems, vnAqiHour } from "@ioc/statistics/shared";
import { z } from "zod";
import { exactly } from "../expression/bounds.ts";
import { operator } from "./operator.ts";
import type { SignalSite } from "./operator.ts";

const hour = durationMs("PT1H") ?? 0;
const hours = 12;

/** VN_AQI of the hour that ends at the newest whole hour, by the operator and the table that the statistic uses. */
export const vnAqi = operator({
  params: z.strictObject({ table: z.string() }),
  properties: () => pollutants,
  problems: ({ table }, network) => tableProblems(network, table, "vn-aqi"),
  build: ({ table }, site) => {
    const values = aqiTableOf(site.network, table);
    const streams = pollutants.map((pollutant) => ({
      pollutant,
      datastream: datastreamId(site.station.id, pollutant),
    }));
    return {
      datastreams: streams.map(({ datastream }) => datastream),
      window: (hours + 1) * hour,
      value: (at) => {
        const end = Math.floor(at / hour) * hour;
        const newestFirst = Object.fromEntries(
          streams.map(({ pollutant, datastream }) => [pollutant, hourValues(site, datastream, end)]),
        );
        return exactly(vnAqiHour(newestFirst, values).index);
      },
    };
  },
});

/** Hour values labelled by their end, newest first; a station that samples faster is averaged over the hour. */
function hourValues(site: SignalSite, datastream: string, end: number): (number | null)[] {
  const sums = Array.from({ length: hours }, () => ({ sum: 0, count: 0 }));
  for (const { time, value } of site.readings.within(datastream, end - hours * hour, end)) {
    const slot = sums[Math.floor((end - time) / hour)];
    if (!slot) continue;
    slot.sum += value;
    slot.count++;
  }
  return sums.map(({ sum, count }) => (count === 0 ? null : sum / count));
}
