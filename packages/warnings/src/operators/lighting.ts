import { calendarOf, datastreamId } from "@ioc/contracts";
import { duration, propertyOf, scheduleOf, schedulePattern } from "@ioc/statistics/shared";
import { z } from "zod";
import { compare, exactly, not, or, unknown } from "../expression/bounds.ts";
import type { Truth } from "../expression/bounds.ts";
import { operator } from "./operator.ts";
import type { SignalSite } from "./operator.ts";

const scheduleParams = z.strictObject({
  /** Property that says whether the circuit is closed: 1 on, 0 off. */
  state: z.string(),
  /** Attribute with the schedule `18:00-05:15` in local time. */
  schedule: z.string(),
  /** Months in which the lamps go on earlier, and by how much. */
  earlier: z.strictObject({ months: z.array(z.int().min(1).max(12)), by: duration }).optional(),
});
type ScheduleParams = z.infer<typeof scheduleParams>;

/** 1 when the lamps should burn and are off, or draw no more than `idle`; 0 when they burn or should not; else unknown. */
export const darkInSchedule = operator({
  params: scheduleParams.extend({ power: z.string(), idle: z.number().nonnegative() }),
  properties: ({ state, power }) => [state, power],
  applies: ({ schedule }, station) => schedulePattern.test(String(station.attributes[schedule])),
  build: ({ power, idle, ...params }, site) => {
    const burnsAt = burnsOf(params, site);
    const streams = [params.state, power].map((property) => datastreamId(site.station.id, property));
    return {
      datastreams: streams,
      window: site.staleAfter,
      value: (at) => {
        const [state, load] = streams.map((datastream) => {
          const reading = site.readings.latest(datastream, at);
          return exactly(reading && at - reading.time <= site.staleAfter ? reading.value : null);
        });
        if (!state || !load || (state.low !== state.high && load.low !== load.high)) return unknown;
        if (!burnsAt(at)) return exactly(0);
        return asNumber(or(not(compare(">", state, exactly(0))), compare("<=", load, exactly(idle))));
      },
    };
  },
});

/** 1 when the lamps burned all through `during`, none of it within the schedule; 0 when not; unknown with too few readings. */
export const litOutsideSchedule = operator({
  params: scheduleParams.extend({ during: duration, completeness: z.number().min(0).max(1).default(0.75) }),
  properties: ({ state }) => [state],
  applies: ({ schedule }, station) => schedulePattern.test(String(station.attributes[schedule])),
  build: ({ during, completeness, ...params }, site) => {
    const burnsAt = burnsOf(params, site);
    const datastream = datastreamId(site.station.id, params.state);
    const period = (propertyOf(site.network, site.station, params.state)?.periodSeconds ?? 300) * 1000;
    return {
      datastreams: [datastream],
      window: during,
      value: (at) => {
        if (burnsAt(at) || burnsAt(at - during)) return exactly(0);
        const readings = site.readings.within(datastream, at - during, at);
        if (readings.some(({ value }) => value === 0)) return exactly(0);
        const filled = new Set(readings.map(({ time }) => Math.floor((at - time) / period))).size;
        return filled >= completeness * Math.max(1, Math.round(during / period)) - 1e-9 ? exactly(1) : unknown;
      },
    };
  },
});

/** Whether the lamps should burn at an instant. */
function burnsOf({ schedule, earlier }: ScheduleParams, site: SignalSite): (at: number) => boolean {
  const shifted = earlier ?? { months: [], by: 0 };
  return scheduleOf(String(site.station.attributes[schedule]), shifted, calendarOf(site.network.timezone));
}

function asNumber(truth: Truth) {
  return truth === null ? unknown : exactly(truth ? 1 : 0);
}
