import { z } from "zod";
import { datastreamId } from "@ioc/contracts";
import type { Station } from "@ioc/contracts";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix, put, rowOf, withMeasures } from "../grid.ts";
import { inContact, receivedOf } from "../operators/availability.ts";
import { ratioOf, sumOf } from "../operators/aggregate.ts";
import { defineStep } from "../step.ts";
import type { PlanContext, Read, StepContext } from "../step.ts";
import { inputsOf } from "../view.ts";
import { dayMs, duration, hourMs, propertyOf } from "./parameters.ts";

const parameters = z.strictObject({
  /** Property whose newest reading is the last contact. */
  contact: z.string(),
  periods: z.number().positive(),
  atLeast: duration,
});

function contactReads({ contact }: z.infer<typeof parameters>, context: PlanContext): Read[] {
  const datastreams = context.stations.map((station) => datastreamId(station.id, contact));
  return [context.now - dayMs, context.now].map((to) => ({ kind: "latest", to, datastreams }));
}

function expectedPerHour(station: Station, context: StepContext): Map<string, number> {
  return new Map(
    inputsOf(context.definition, station).flatMap((name) => {
      const property = propertyOf(context.network, station, name);
      return property ? [[name, hourMs / 1000 / property.periodSeconds] as const] : [];
    }),
  );
}

/**
 * Contact and delivery of stations from their hour counts. `received` and `expected` intervals of each hour with
 * `availability` in percent; at the head and a day before `online` (1 when the last contact is not older than `periods`
 * expected periods, at least `atLeast`) with `active` (always 1); at the head `availabilityDay` of the local day so far and
 * `lastContact`. Surplus readings never make up for missing hours.
 */
export const availability = defineStep({
  op: "availability",
  doc: {
    vi: "Trạm đang liên lạc và tỷ lệ số liệu nhận được",
    en: "Stations in contact and share of expected data received",
  },
  takes: "grid",
  gives: "grid",
  params: parameters,
  reads: contactReads,
  run: (grid, { contact, periods, atLeast }, context): Grid => {
    const names = ["received", "expected", "availability", "online", "active", "availabilityDay", "lastContact"];
    const added = new Map<string, Matrix>(names.map((name) => [name, emptyMatrix(grid.ids.length, grid.ends.length)]));
    const dayStart = context.calendar.dayStart(context.now);
    context.stations.forEach((station, subject) => {
      const set = (name: string, end: number | null, value: number | null) => {
        if (end !== null) put(added, name, subject, end, value);
      };
      const perHour = expectedPerHour(station, context);
      const expected = sumOf(perHour.values()) ?? 0;
      const counts = [...perHour].map(([name, due]) => ({ due, row: rowOf(grid, `count:${name}`, subject) }));
      const received = grid.ends.map((_, end) =>
        counts.reduce((sum, { due, row }) => sum + receivedOf(row[end] ?? 0, due), 0),
      );
      received.forEach((got, end) => {
        set("received", end, got);
        set("expected", end, expected);
        set("availability", end, ratioOf(got, expected, 100));
      });
      const today = received.filter((_, end) => (grid.ends[end] as number) > dayStart);
      set("availabilityDay", grid.head, ratioOf(sumOf(today), today.length * expected, 100));
      const period = (propertyOf(context.network, station, contact)?.periodSeconds ?? 0) * 1000;
      for (const [end, when] of [
        [grid.before, context.now - dayMs],
        [grid.head, context.now],
      ] as const) {
        const seen = context.data.latest(when, datastreamId(station.id, contact))?.time ?? null;
        set("online", end, inContact(seen, when, period, { periods, atLeast }) ? 1 : 0);
        set("active", end, 1);
        if (end === grid.head) set("lastContact", end, seen);
      }
    });
    return { ...withMeasures(grid, added), window: { from: dayStart, to: context.now } };
  },
});
