import { describe, expect, test } from "vitest";
import { tideLevel } from "./operators/tide.ts";
import type { Reading } from "./operators/water.ts";
import { tableOf } from "./tables.ts";
import { cell, day, frameOf, hour, minute, network, readingsUntil, stream } from "./test-city.ts";

/** Thursday 22 October 2026, 20:00 in the city. */
const now = Date.parse("2026-10-22T13:00:00Z");
const midnight = Date.parse("2026-10-22T00:00:00+07:00");

test("wx-tide-surge: a storm of 0.40 m on top of the predicted tide is told, and the highest gauge leads", () => {
  const constants = tableOf(network, "tide_da_nang", "tide");
  const sea = (surge: (time: number) => number): Reading[] =>
    Array.from({ length: 150 }, (_, i) => now - (149 - i) * 10 * minute).map((time) => ({
      time,
      value: tideLevel(constants, time) + surge(time),
    }));
  const [calm, storm] = ["td-son-tra-cang-tien-sa", "td-ky-ha"] as const;
  const frame = frameOf({
    id: "wx-tide-surge",
    stations: [calm, storm],
    now,
    series: {
      [stream(calm, "level")]: sea(() => 0.02),
      // Every second value 0.1 m higher: the mean over an hour lies between.
      [stream(storm, "level")]: sea((time) => 0.4 + ((time / (10 * minute)) % 2) * 0.1),
    },
  });
  const at = (station: string, time: number, column: string) => {
    const index = frame.columns.findIndex(({ id }) => id === column);
    return frame.rows.find((row) => row[0] === time && row[1] === station)?.[index] as number;
  };
  expect(at(calm, now, "surge")).toBeCloseTo(0.02, 9);
  const odd = ((now - 6 * hour) / (10 * minute)) % 2;
  // Of seven values three or four are the higher ones; of the last four two.
  expect(at(storm, now - 6 * hour, "surge")).toBeCloseTo(0.4 + ((odd ? 3 : 4) * 0.1) / 7, 9);
  expect(at(storm, now, "surge")).toBeCloseTo(0.45, 9);
  expect(at(storm, now, "predicted")).toBeCloseTo(tideLevel(constants, now), 9);
  expect(frame.value).toBe(at(storm, now, "value"));
  expect(frame.finding?.vi).toContain("cao hơn thủy triều dự tính 0,45 m");
  expect(frame.finding?.en).toMatch(/^Ky Ha: .* 0\.45 m above the predicted tide$/);
});

test("wx-rain-season: compared with the same date a year before; a leap day is a 29th of February's normal", () => {
  const gauge = "rg-tram-kiem-lam-song-bac";
  const normals = Array.from({ length: 12 }, (_, i) => ({
    station_id: gauge,
    month: i + 1,
    rain_mm: i === 1 ? 29 : 31,
  }));
  const wet = (from: string, to: string, mm: number): Reading[] => {
    const [start, end] = [Date.parse(`${from}T00:00:00+07:00`), Date.parse(`${to}T00:00:00+07:00`)];
    return Array.from({ length: (end - start) / (10 * minute) }, (_, i) => ({
      time: start + (i + 1) * 10 * minute,
      value: mm / 144,
    }));
  };
  const frame = frameOf({
    id: "wx-rain-season",
    stations: [gauge, "rg-ho-huong-mao"],
    // 1 March of a leap year: the value is of the end of 29 February.
    now: Date.parse("2028-03-01T08:00:00+07:00"),
    series: { [stream(gauge, "rain")]: [...wet("2027-01-01", "2027-03-05", 1), ...wet("2028-01-01", "2028-03-01", 2)] },
    rows: { "climate-normals": normals },
  });
  // 60 days of 2 mm against 31 + 29 mm; the year before 59 days of 1 mm (31 + 28 days) and 1 March against 31 + 29 + 1.
  expect([frame.value, cell(frame, "value")]).toEqual([100, expect.closeTo(100, 9)]);
  expect(frame.previous).toBeCloseTo((100 * (60 - 61)) / 61, 9);
  expect(frame.rows).toHaveLength(60);
  expect(frame.finding?.en).toBe("120 mm of rain since January, normal is 60 mm: 100% more");
});

describe("flood-rain-response", () => {
  const [tower, gauge] = ["sf-phuong-an-khe", "rg-tram-kiem-lam-song-bac"] as const;
  const five = 5 * minute;
  interface Rain {
    mm: number;
    /** Minutes from the end of the rain to the start of the flood; null: dry. */
    flood: number | null;
    silent?: boolean;
  }
  /** One event a day from 10:00 to 11:00, the newest two days ago. */
  function seriesOf(events: readonly Rain[]): Record<string, Reading[]> {
    const rain: Reading[] = [];
    const depth: Reading[] = [];
    events.forEach(({ mm, flood, silent }, i) => {
      const start = midnight - (i + 2) * day;
      const over = start + 11 * hour;
      for (let k = 0; k < 6; k += 1) rain.push({ time: over - k * 10 * minute, value: mm / 6 });
      const reported = silent ? start : start + day;
      for (let time = start + five; time <= reported; time += five) {
        const wet = flood !== null && time >= over + flood * minute && time <= over + (flood + 10) * minute;
        depth.push({ time, value: wet ? 0.3 : 0.01 });
      }
    });
    return { [stream(tower, "depth")]: depth, [stream(gauge, "rain")]: rain };
  }
  const dry = [12.5, 15, 17.5, 20, 22.5, 25, 27.5, 30].map((mm): Rain => ({ mm, flood: null }));
  const wet = [35, 37.5, 40, 42.5, 45, 47.5, 50, 52.5].map((mm): Rain => ({ mm, flood: 120 }));
  const frameFrom = (events: readonly Rain[]) =>
    frameOf({ id: "flood-rain-response", stations: [tower, gauge], now, series: seriesOf(events) });

  test("dry events up to 30 mm and floods from 35 mm put the threshold in the middle", () => {
    const frame = frameFrom([...dry, ...wet]);
    expect(frame.value).toBeCloseTo(32.5, 6);
    expect([cell(frame, "floods", tower), cell(frame, "events", tower), cell(frame, "gauge", tower)]).toEqual([
      8,
      16,
      gauge,
    ]);
    expect(frame.rows).toHaveLength(1);
    expect(frame.finding?.vi).toContain("khi mưa 33 mm trong một giờ");
  });

  test("light rain, days without a watching tower and floods that begin later than two hours do not count", () => {
    const others: Rain[] = [
      { mm: 9.9, flood: 30 },
      { mm: 60, flood: null, silent: true },
      { mm: 31, flood: 125 },
    ];
    const frame = frameFrom([...dry, ...wet, ...others]);
    expect([cell(frame, "floods", tower), cell(frame, "events", tower)]).toEqual([8, 17]);
  });

  test("no threshold with four floods, with fourteen events, or when more rain means fewer floods", () => {
    const more = Array.from({ length: 5 }, (): Rain => ({ mm: 20, flood: null }));
    const few = frameFrom([...dry, ...more, ...wet.slice(0, 4)]);
    expect([few.value, few.status, cell(few, "floods", tower)]).toEqual([null, "insufficient", 4]);
    expect(frameFrom([...dry.slice(0, 6), ...wet]).value).toBeNull();
    const turned = [
      ...dry.map(({ mm }): Rain => ({ mm, flood: 30 })),
      ...wet.map(({ mm }): Rain => ({ mm, flood: null })),
    ];
    const falling = frameFrom(turned);
    expect([falling.value, falling.status, cell(falling, "events", tower)]).toEqual([null, "insufficient", 16]);
  });
});

test("flood-duration: a tower that falls silent leaves the length unknown, and the flood is counted", () => {
  const tower = "sf-phuong-an-khe";
  const frame = frameOf({
    id: "flood-duration",
    stations: [tower],
    now,
    series: { [stream(tower, "depth")]: readingsUntil(now - 3 * hour, 5 * minute, [0, 0.3, 0.4, 0.5]) },
  });
  expect([
    frame.value,
    cell(frame, "n"),
    cell(frame, "deepest"),
    frame.figures.find(({ id }) => id === "ongoing")?.value,
  ]).toEqual([null, 1, 0.5, 0]);
});

test("flood-population-exposed: a view of one ward shows its part of the city's figure", () => {
  const near = ["sf-duong-nguyen-don-tiet-hai-ho", "sf-27-luong-ngoc-quyen-hai-ho"] as const;
  const far = "sf-phuong-an-khe";
  const series = Object.fromEntries(
    [...near, far].map((id) => [stream(id, "depth"), readingsUntil(now, minute, [0.4])]),
  );
  const rows = {
    "population-by-ward": [
      { year: 2025, area_code: "20242", scheme: "dn-2025", population: 75_800 },
      { year: 2025, area_code: "20305", scheme: "dn-2025", population: 123_600 },
    ],
  };
  const view = (subject?: string) =>
    frameOf({
      id: "flood-population-exposed",
      stations: [...near, far],
      now,
      series,
      rows,
      view: subject ? { subject } : {},
    });
  // 10,000 people for each km² in both wards; two towers of one street count once.
  const circle = Math.PI * 0.2 ** 2 * 10_000;
  expect(view().value).toBeCloseTo(2 * circle, 6);
  expect(view("20242").value).toBeCloseTo(circle, 6);
  expect(view("20305").value).toBeCloseTo(circle, 6);
  const unknown = frameOf({ id: "flood-population-exposed", stations: [far], now, series });
  expect([unknown.value, unknown.status, unknown.coverage]).toEqual([null, "insufficient", 0]);
});

test("flood-active-points: the finding names how many are deep", () => {
  const tower = "ft-thon-le-son-2-hoa-tien";
  const series = { [stream(tower, "depth")]: readingsUntil(now, minute, [0.7]) };
  const frame = frameOf({ id: "flood-active-points", stations: [tower], now, series });
  expect(frame.finding?.en).toBe("Flooded points: 1, of which 1 with 0.5 m or more; 0 towers have no data");
});

test("tr-los: the city shows shares of links by level over the hours", () => {
  const counters = ["tc-cau-rong", "tc-cau-song-han"] as const;
  const series = Object.fromEntries(
    counters.flatMap((counter, i) =>
      ["moto", "car", "bus", "truck"].map((property) => [
        stream(counter, property),
        readingsUntil(now, 5 * minute, Array(12).fill(property === "car" ? 25 + 50 * i : 0)),
      ]),
    ),
  );
  const rows = {
    "road-links": counters.map((station_id, i) => ({ link_id: String(i), station_id, capacity_pcu_h: 1000 })),
  };
  const frame = frameOf({ id: "tr-los", stations: counters, now, series, rows, view: { group: "city" } });
  // 300 and 900 of 1,000 an hour each: levels A and E; 1,200 of 2,000 together.
  const newest = Object.fromEntries(frame.rows.filter((row) => row[0] === now).map((row) => [row[1], row[2]]));
  expect(newest).toEqual({ A: 50, B: 0, C: 0, D: 0, E: 50, F: 0 });
  expect(frame.value).toBeCloseTo(0.6, 9);
});
