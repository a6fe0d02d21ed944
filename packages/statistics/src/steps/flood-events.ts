import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import type { Rows } from "../grid.ts";
import { floodEvents } from "../operators/flood-events.ts";
import { defineStep } from "../step.ts";
import { duration, measureName } from "./parameters.ts";

/** When a flood starts and ends; see the operator of the same name. */
export const floodRule = {
  start: z.number(),
  times: z.int().positive(),
  end: z.number(),
  lasting: duration,
  silence: duration,
};

const minuteMs = 60_000;

/**
 * Floods of every place as rows: `station`, `kind`, `area_code`, `start`, `finish`, `minutes` (null while it lasts or when the
 * readings stopped before its end), `peak` and `ongoing` (1 or 0).
 */
export const floodEventRows = defineStep({
  op: "flood-events",
  doc: {
    vi: "Các đợt ngập của từng nơi thành các dòng: bắt đầu, kết thúc, số phút, độ sâu lớn nhất",
    en: "Floods of each place as rows: start, end, minutes, largest depth",
  },
  takes: "readings",
  gives: "rows",
  params: z
    .strictObject({ property: measureName, ...floodRule })
    .refine(({ start, end }) => end <= start, { message: "`end` must not lie above `start`" }),
  run: (input, { property, ...rule }, { now, network, stations }): Rows => {
    const found = stations.flatMap((station) =>
      floodEvents(input.series.get(station.id)?.get(property) ?? [], rule, now).map((event) => ({ station, event })),
    );
    type Item = (typeof found)[number];
    const column = (of: (item: Item) => RowValue) => found.map(of);
    return {
      shape: "rows",
      columns: new Map([
        ["station", column(({ station }) => station.id)],
        ["kind", column(({ station }) => station.kind)],
        ["area_code", column(({ station }) => station.areas[network.scheme] ?? null)],
        ["start", column(({ event }) => event.start)],
        ["finish", column(({ event }) => event.end)],
        ["minutes", column(({ event }) => (event.end === null ? null : (event.end - event.start) / minuteMs))],
        ["peak", column(({ event }) => event.peak)],
        ["ongoing", column(({ event }) => (event.ongoing ? 1 : 0))],
      ]),
      index: found.map((_, row) => row),
      ends: new Set(),
      labels: new Map([["station", Object.fromEntries(stations.map(({ id, name }) => [id, name]))]]),
    };
  },
});
