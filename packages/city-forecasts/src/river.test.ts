import type { ForecastDefinition } from "@ioc/contracts";
import { expect, test } from "vitest";
import { checkForecast } from "./check.ts";
import { makeForecast } from "./make.ts";
import { riverConstantsOf } from "./river.ts";
import { definitionWith, network } from "./test-forecast.ts";

const hour = 3_600_000;
const row = { tau_h: 4, k_h: 3, c: 0.9, h0: 7.2, base: 0.15, k_tide: 0.8, release: { tau_h: 6, per_1000: 0.9 } };
const withTable = (stations: unknown) => ({ ...network, reference: { routing: { stations } } });
const constants = { constants: "routing" };

test("constants are in hours and come in steps", () => {
  const half = riverConstantsOf(constants, "a", withTable({ a: row }), hour / 2);
  expect(half).toEqual({
    delay: 8,
    storage: 6,
    share: 0.9,
    threshold: 7.2,
    base: 0.15,
    tide: 0.8,
    release: { delay: 12, rise: 0.0009 },
  });
  expect(riverConstantsOf(constants, "b", withTable({ a: row }), hour)).toBeNull();
  expect(riverConstantsOf({}, "a", withTable({ a: row }), hour)).toBeNull();
});

test.each<[string, Partial<ForecastDefinition>, unknown, string]>([
  ["no table", constants, undefined, 'there is no table "routing" with `stations`'],
  ["a time constant of 0", constants, { a: { ...row, k_h: 0 } }, 'table "routing", a, k_h'],
  ["a method without its table", { also: ["lag-reservoir-given"] }, {}, "needs a table, named by `constants`"],
])("%s is a problem", (_what, more, stations, message) => {
  expect(checkForecast(definitionWith(more), withTable(stations)).join("; ")).toContain(message);
  expect(checkForecast(definitionWith({ ...more, ...constants }), withTable({ a: row }))).toEqual([]);
});

test("a flood on its way is foreseen from the upper gauge, and not without it", () => {
  // A flood every 110 hours at the upper gauge; the last one began an hour ago.
  const flood = (hours: number) => (hours === 0 ? 1.6 : Math.max(0, 2.1 - 0.1 * hours));
  const upstream = Array.from({ length: 400 }, (_, t) => 7 + flood((t + 42) % 110));
  const river = riverConstantsOf(constants, "a", withTable({ a: row }), hour)!;
  let held = 0;
  const values = upstream.map((_, t) => {
    held += (Math.max(0, (upstream[t - 4] ?? 7) - 7.2) - held) * (1 - Math.exp(-1 / 3));
    return 0.15 + 0.9 * held;
  });
  const task = { values, periods: [], leads: 6, baseline: 1, step: hour, scale: "linear", limits: {} } as const;
  const methods = ["seasonal-naive", "lag-regression"];
  const regressors = [{ name: "upstream", values: upstream }];
  const also = ["lag-reservoir-given", "lag-reservoir"];
  const made = makeForecast({ ...task, methods, also, river, regressors })!;
  expect(also).toContain(made.method);
  expect(made.absent).toEqual([]);
  expect(made.backtestMase).toBeLessThan(makeForecast({ ...task, methods })!.backtestMase! / 2);
  expect(makeForecast({ ...task, methods, also, regressors })!.absent).toEqual(["lag-reservoir-given"]);
});
