import { expect, test } from "vitest";
import { parseSeries } from "@ioc/testkit";
import { cell, day, definitionOf, frameOf, hour, minute, network, readingsUntil, stream } from "./test-city.ts";

/** Thursday 22 October 2026, 20:00 in the city. */
const now = Date.parse("2026-10-22T13:00:00Z");
const series = (text: string) => parseSeries(text);

const air = network.stations.filter((station) => station.kind === "air-quality").map((station) => station.id);
const [aq1 = "", aq2 = "", aq3 = "", aq4 = ""] = air;

test("air-vn-aqi-hour: the decision's example is 59, because of nitrogen dioxide", () => {
  const pm25 = series("26.9 24.7 20.5 23.5 19.5 16.5 19 16.5 20.3 22.4 19.6 20.6");
  const frame = frameOf({
    id: "air-vn-aqi-hour",
    stations: [aq1],
    now,
    series: {
      [stream(aq1, "pm25")]: readingsUntil(now, hour, pm25),
      [stream(aq1, "o3")]: readingsUntil(now, hour, [136.1]),
      [stream(aq1, "no2")]: readingsUntil(now, hour, [118.7]),
    },
  });
  expect([frame.value, frame.status, frame.coverage, frame.asOf]).toEqual([59, "ok", 1, now]);
  expect([cell(frame, "dominant"), cell(frame, "pm25"), cell(frame, "o3"), cell(frame, "so2")]).toEqual([
    "no2",
    41,
    43,
    null,
  ]);
  expect(frame.thresholds.map(({ id, value, basis }) => `${id} ${value} ${basis}`)).toContain("moderate 51 official");
  expect(frame.finding?.vi).toContain("59 (mức Trung bình)");
  expect(frame.finding?.en).toContain("59 (Moderate)");
});

test("air-vn-aqi-hour: city takes the highest station, and no value when fewer than three quarters have one", () => {
  const clean = readingsUntil(now, hour, series("10x11"));
  const dirty = readingsUntil(now, hour, series("65x11"));
  const stations = [aq1, aq2, aq3, aq4];
  const three = {
    [stream(aq1, "pm25")]: clean,
    [stream(aq2, "pm25")]: dirty,
    [stream(aq3, "pm25")]: clean,
  };
  const frame = frameOf({ id: "air-vn-aqi-hour", stations, now, series: three, view: { group: "city" } });
  // 65 is half way between 50 (index 100) and 80 (index 150)
  expect([frame.value, frame.coverage, frame.status]).toEqual([125, 0.75, "ok"]);
  expect(frame.rows.at(-1)?.slice(0, 4)).toEqual([now, 125, "pm25", aq2]);
  const { [stream(aq3, "pm25")]: _, ...two } = three;
  const few = frameOf({ id: "air-vn-aqi-hour", stations, now, series: two });
  expect([few.value, few.coverage, few.status]).toEqual([null, 0.5, "insufficient"]);
  expect(few.rows.map((row) => row.at(-1)).sort()).toEqual(["empty", "empty", "ok", "ok"]);
});

test("air-vn-aqi-day: 24 hours of 55.7 make 110 on the day that ended", () => {
  const midnight = Date.parse("2026-10-21T17:00:00Z");
  const frame = frameOf({
    id: "air-vn-aqi-day",
    stations: [aq1],
    now,
    series: { [stream(aq1, "pm25")]: readingsUntil(midnight, hour, series("20x23 55.7x23")) },
  });
  expect([frame.value, frame.previous]).toEqual([110, 40]);
  expect(frame.window).toEqual({ from: midnight - day, to: midnight });
  // a day is labelled by the midnight it starts at
  expect(frame.rows.at(-1)?.slice(0, 4)).toEqual([midnight - day, 110, "pm25", aq1]);
  expect(frame.rows).toHaveLength(91);
  expect(frame.rows[0]?.[1]).toBeNull();
});

const gauges = network.stations.filter((station) => station.kind === "rain-gauge").map((station) => station.id);
const [rg1 = "", rg2 = ""] = gauges;

test("wx-rain-24h: 130 of 144 values are enough and are not scaled up", () => {
  const values = Array.from({ length: 144 }, (_, i) => (i < 14 ? null : 0.5));
  const rain = (missing: number) =>
    readingsUntil(
      now,
      10 * minute,
      values.map((value, i) => (i < missing ? null : value)),
    );
  const stations = [rg1, rg2];
  const data = { [stream(rg1, "rain")]: rain(14), [stream(rg2, "rain")]: rain(15) };
  const frame = frameOf({ id: "wx-rain-24h", stations, now, series: data });
  expect([cell(frame, "value", rg1), cell(frame, "h1", rg1), cell(frame, "h72", rg1)]).toEqual([65, 3, null]);
  expect([cell(frame, "value", rg2), cell(frame, "status", rg2)]).toEqual([null, "insufficient"]);
  // the only valid gauge is the nearest of every unit
  expect(frame.value).toBeCloseTo(65, 9);
});

test("wx-rain-intensity-max: 0 2 8 15 20 12 5 1 make 62 mm/h, with the end of the hour", () => {
  const rain = readingsUntil(now, 10 * minute, [...Array(112).fill(0), ...series("0 2 8 15 20 12 5 1")]);
  const frame = frameOf({
    id: "wx-rain-intensity-max",
    stations: [rg1],
    now,
    series: { [stream(rg1, "rain")]: rain },
  });
  expect([frame.value, cell(frame, "end")]).toEqual([62, now - 10 * minute]);
  expect(frame.finding?.vi).toContain("62,0 mm trong một giờ");
  expect(frame.finding?.en).toContain("up to 19:50");
});

test("wx-river-level: Ai Nghia 8.95 is class 2, +0.95; Cam Le 3.20 class 3, +0.70", () => {
  const frame = frameOf({
    id: "wx-river-level",
    stations: ["rl-ai-nghia", "rl-cam-le", "rl-cau-tuy-loan"],
    now,
    series: {
      [stream("rl-ai-nghia", "level")]: readingsUntil(now, hour, [8.5, 8.95]),
      [stream("rl-cam-le", "level")]: readingsUntil(now, hour, [3, 3.2]),
      [stream("rl-cau-tuy-loan", "level")]: readingsUntil(now, hour, [1.1]),
    },
  });
  const last = (station: string) => frame.rows.filter((row) => row[1] === station).at(-1);
  expect(last("rl-ai-nghia")?.slice(2, 4)).toEqual([8.95, 2]);
  expect(last("rl-ai-nghia")?.[4]).toBeCloseTo(0.95, 9);
  expect(last("rl-cam-le")?.[4]).toBeCloseTo(0.7, 9);
  // no official levels: the level alone
  expect(last("rl-cau-tuy-loan")?.slice(2, 5)).toEqual([1.1, null, null]);
  // the gauge furthest above its alarm leads
  expect([frame.value, frame.rows[0]?.[1]]).toEqual([3.2, "rl-cam-le"]);
  expect(frame.finding?.vi).toContain("trên báo động 3 là 0,70 m");
  expect(frame.finding?.en).toContain("0.70 m above alarm III");
  const camLe = frame.thresholds.filter(({ station }) => station === "rl-cam-le");
  expect(camLe.map(({ value, severity, basis }) => [value, severity, basis])).toEqual([
    [1, "Minor", "official"],
    [1.8, "Moderate", "official"],
    [2.5, "Severe", "official"],
  ]);
  expect(camLe[0]?.source).toContain("05/2020/QĐ-TTg");
});

test("wx-river-level: a gauge that fell silent has no level, and an hour without data is a gap", () => {
  const level = readingsUntil(now - 4 * hour, hour, [0.3, null, 0.4]);
  const frame = frameOf({
    id: "wx-river-level",
    stations: ["rl-cam-le"],
    now,
    series: { [stream("rl-cam-le", "level")]: level },
  });
  expect([frame.value, frame.status, frame.asOf, frame.finding]).toEqual([null, "insufficient", now - 4 * hour, null]);
  const at = (time: number) => frame.rows.find((row) => row[0] === time)?.[2];
  expect([at(now - 6 * hour), at(now - 5 * hour), at(now - 4 * hour), at(now - 3 * hour)]).toEqual([
    0.3,
    null,
    0.4,
    null,
  ]);
});

test("wx-river-level: a gauge that reports at 40 past has a value at every full hour", () => {
  const level = readingsUntil(now - 20 * minute, hour, series("0.3 _ 0.4 0.5"));
  const frame = frameOf({
    id: "wx-river-level",
    stations: ["rl-cam-le"],
    now,
    series: { [stream("rl-cam-le", "level")]: level },
  });
  const last = frame.rows.slice(-4).map((row) => [((row[0] as number) - now) / hour, row[2]]);
  expect(last).toEqual([
    [-3, 0.3],
    [-2, null],
    [-1, 0.4],
    [expect.closeTo(-1 / 3, 9), 0.5],
  ]);
});

test("wx-reservoir-storage: A Vuong at 370 m is 75.0 percent with 66.6 million m3 free", () => {
  const frame = frameOf({
    id: "wx-reservoir-storage",
    stations: ["rs-a-vuong", "rs-ho-thai-xuan"],
    now,
    series: { [stream("rs-a-vuong", "level")]: readingsUntil(now, hour, [370]) },
  });
  // a reservoir without known figures is left out
  expect(frame.rows).toHaveLength(1);
  expect(cell(frame, "value")).toBeCloseTo(75, 9);
  expect(cell(frame, "free")).toBeCloseTo(66.625, 9);
  // October lies in the flood season: 376 m is 90 percent
  expect(cell(frame, "preMax")).toBeCloseTo(90, 9);
  expect(frame.value).toBeCloseTo(75, 9);
  const dry = Date.parse("2026-03-22T13:00:00Z");
  const spring = frameOf({
    id: "wx-reservoir-storage",
    stations: ["rs-a-vuong"],
    now: dry,
    series: { [stream("rs-a-vuong", "level")]: readingsUntil(dry, hour, [370]) },
  });
  expect([cell(spring, "preMax"), cell(spring, "freePreMax")]).toEqual([null, null]);
});

test("wx-reservoir-storage: the city is pooled, not a mean of percents", () => {
  const frame = frameOf({
    id: "wx-reservoir-storage",
    stations: ["rs-a-vuong", "rs-song-tranh-2"],
    now,
    series: {
      [stream("rs-a-vuong", "level")]: readingsUntil(now, hour, [340]),
      [stream("rs-song-tranh-2", "level")]: readingsUntil(now, hour, [175]),
    },
    view: { group: "city" },
  });
  // 0 of 266.5 and 521.1 of 521.1
  expect(frame.value).toBeCloseTo((100 * 521.1) / (266.5 + 521.1), 9);
});

const weather = "wx-tram-khi-tuong-da-nang-48855";

test("wx-wind-rose: three east hours and one calm hour", () => {
  const end = Date.parse("2026-09-30T21:00:00Z"); // 1 October 04:00
  const tenMinutes = 10 * minute;
  const frame = frameOf({
    id: "wx-wind-rose",
    stations: [weather],
    now: end + 5 * minute,
    series: {
      [stream(weather, "wind_speed")]: readingsUntil(end, tenMinutes, series("3x17 0.2x5")),
      [stream(weather, "wind_dir")]: readingsUntil(end, tenMinutes, series("90x23")),
    },
  });
  expect(frame.value).toBe(75);
  const row = (sector: string, name: string) =>
    frame.rows.find((cells) => cells[0] === sector && cells[1] === name)?.[2];
  expect([row("E", "2-4"), row("E", "<2"), row("calm", "calm"), row("N", ">=10.8")]).toEqual([75, 0, 25, 0]);
  expect(frame.rows).toHaveLength(16 * 6 + 1);
  expect(frame.finding?.vi).toContain("hướng Đông, 75,0% số giờ; lặng gió 25,0%");
});

const towers = network.stations.filter((station) => station.kind === "street-flood").map((station) => station.id);
const [t1 = "", t2 = "", t3 = "", t4 = "", t5 = ""] = towers;
const dryOffset = (id: string) =>
  Number(network.stations.find((station) => station.id === id)?.attributes["dry_offset_m"]);

test("flood-active-points: one of 0.10, one of 0.30, one of 0.50, one dry, one unknown", () => {
  const depths = { [t1]: 0.04, [t2]: 0.12, [t3]: 0.31, [t4]: 0.55 };
  const at = (id: string, depth: number, age = 0) => readingsUntil(now - age, minute, [depth + dryOffset(id)]);
  const data = Object.fromEntries(Object.entries(depths).map(([id, depth]) => [stream(id, "depth"), at(id, depth)]));
  data[stream(t5, "depth")] = at(t5, 0.6, 35 * minute);
  const frame = frameOf({ id: "flood-active-points", stations: [t1, t2, t3, t4, t5], now, series: data });
  const newest = frame.rows.filter((row) => row[0] === now).map((row) => row.slice(1));
  expect(newest).toEqual([
    ["0.10-0.20", 1],
    ["0.20-0.30", 0],
    ["0.30-0.50", 1],
    [">=0.50", 1],
    ["unknown", 1],
  ]);
  expect([frame.value, frame.coverage]).toEqual([3, 0.8]);
  const byStation = frameOf({
    id: "flood-active-points",
    stations: [t1, t2, t3, t4, t5],
    now,
    series: data,
    view: { group: "station" },
  });
  expect([t1, t4, t5].map((id) => cell(byStation, "class", id))).toEqual(["dry", ">=0.50", "unknown"]);
});

test("flood-max-depth: the deepest confirmed value now and in 24 hours", () => {
  const five = 5 * minute;
  const frame = frameOf({
    id: "flood-max-depth",
    stations: [t1, t2],
    now,
    series: {
      [stream(t1, "depth")]: readingsUntil(now, five, series("0.3x3 0.25x3 0.2x3")),
      // a spike that nothing confirms
      [stream(t2, "depth")]: readingsUntil(now, five, series("0 0 1.4 0 0 0 0 0 0 0 0 0")),
    },
  });
  expect(frame.value).toBeCloseTo(0.2, 9);
  expect(frame.rows.at(-1)?.slice(1, 3)).toEqual([0.2, t1]);
  const stations = frameOf({
    id: "flood-max-depth",
    stations: [t1, t2],
    now,
    series: { [stream(t1, "depth")]: readingsUntil(now, five, series("0.3x3 0.25x3 0.2x3")) },
    view: { group: "station" },
  });
  expect([cell(stations, "value", t1), cell(stations, "max24h", t1), cell(stations, "max24hTime", t1)]).toEqual([
    0.2,
    0.3,
    now - 8 * five,
  ]);
  expect(cell(stations, "value", t2)).toBeNull();
});

const counter = network.stations.find((station) => station.kind === "traffic-counter")?.id ?? "";

test("tr-volume-hour: 3000 + 900 + 40 + 60 are 4,000 vehicles and 2,030 units an hour", () => {
  const week = 7 * day;
  const hourOf = (end: number, factor: number, minutes: readonly number[] = Array.from({ length: 12 }, (_, i) => i)) =>
    Object.entries({ moto: 3000, car: 900, bus: 40, truck: 60 }).map(
      ([property, total]) =>
        [property, minutes.map((i) => ({ time: end - i * 5 * minute, value: (total * factor) / 12 }))] as const,
    );
  const collect = (parts: (readonly [string, { time: number; value: number }[]])[][]) => {
    const data: Record<string, { time: number; value: number }[]> = {};
    for (const [property, readings] of parts.flat()) (data[stream(counter, property)] ??= []).push(...readings);
    return data;
  };
  const nine = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const full = collect([hourOf(now, 1, nine), hourOf(now - week, 0.5), hourOf(now - 2 * week, 0.7)]);
  const frame = frameOf({ id: "tr-volume-hour", stations: [counter], now, series: full });
  // 9 of 12 values are scaled up; usual is the median of two weeks
  expect([frame.value, frame.rows.at(-1)?.[2], frame.rows.at(-1)?.[3]].map((v) => Math.round(Number(v)))).toEqual([
    4000, 2400, 2030,
  ]);
  const eight = collect([hourOf(now, 1, nine.slice(1))]);
  const few = frameOf({ id: "tr-volume-hour", stations: [counter], now, series: eight });
  expect([few.value, few.status]).toEqual([null, "insufficient"]);
});

test("tr-volume-hour: between the hours the last 60 minutes count", () => {
  const at = now + 30 * minute;
  const data = Object.fromEntries(
    ["moto", "car", "bus", "truck"].map((property) => [
      stream(counter, property),
      readingsUntil(at, 5 * minute, Array(18).fill(10)),
    ]),
  );
  const frame = frameOf({ id: "tr-volume-hour", stations: [counter], now: at + 2 * minute, series: data });
  expect([frame.value, frame.window.to, frame.rows.at(-1)?.[0]]).toEqual([480, at, at]);
});

test("tr-hour-week-profile: a double hour stands out, public holidays are left out", () => {
  // 20:00 to 21:00 on Thursdays has 20, all else 10, over 3 weeks; 2 September was a Wednesday
  const end = Date.parse("2026-09-24T17:00:00Z");
  const hours = Array.from({ length: 21 * 24 }, (_, i) => end - i * hour);
  const local = (time: number) => new Date(time - 1 + 7 * hour);
  const value = (time: number) => {
    if (local(time).toISOString().startsWith("2026-09-02")) return 5000;
    return local(time).getUTCDay() === 4 && local(time).getUTCHours() === 20 ? 20 : 10;
  };
  const data = Object.fromEntries(
    ["moto", "car", "bus", "truck"].map((property) => [
      stream(counter, property),
      hours.flatMap((time) =>
        Array.from({ length: 12 }, (_, i) => ({
          time: time - i * 5 * minute,
          value: property === "car" ? value(time) / 12 : 0,
        })),
      ),
    ]),
  );
  const frame = frameOf({ id: "tr-hour-week-profile", stations: [counter], now: end, series: data });
  const first = end - 21 * 24 * hour;
  const counted = hours.filter((time) => time > first && value(time) !== 5000);
  const overall = counted.reduce((sum, time) => sum + value(time), 0) / counted.length;
  expect(frame.rows).toHaveLength(168);
  const thursday20 = frame.rows.find((row) => row[0] === 20 && row[1] === 4);
  expect(thursday20?.[2]).toBeCloseTo(20 / overall, 6);
  expect(thursday20?.[3]).toBe(3);
  expect(frame.value).toBeCloseTo(20 / overall, 6);
  expect(frame.finding?.vi).toContain("20–21 giờ thứ Năm");
});

const parks = network.stations.filter((station) => station.kind === "parking").slice(0, 2);

test("tr-parking-occupancy: pooled, at most the capacity", () => {
  const [a, b] = parks.map((station) => ({ id: station.id, capacity: Number(station.attributes["capacity"]) }));
  if (!a || !b) throw new Error("the pack has fewer than two car parks");
  const frame = frameOf({
    id: "tr-parking-occupancy",
    stations: [a.id, b.id],
    now,
    series: {
      [stream(a.id, "occupied")]: readingsUntil(now, minute, [a.capacity + 50]),
      [stream(b.id, "occupied")]: readingsUntil(now, minute, [0]),
    },
  });
  expect(cell(frame, "value", a.id)).toBe(100);
  expect(frame.value).toBeCloseTo((100 * a.capacity) / (a.capacity + b.capacity), 9);
});

test("so-station-availability: stations in contact and hours received", () => {
  const stations = [aq1, aq2, towers[0] ?? "", weather];
  const silent = stations[3] ?? "";
  const data = Object.fromEntries(
    stations.flatMap((id) => {
      const heartbeat = readingsUntil(id === silent ? now - 31 * minute : now, 10 * minute, Array(144).fill(1));
      return [
        [stream(id, "heartbeat"), heartbeat],
        [stream(id, "battery_v"), readingsUntil(now, hour, Array(24).fill(12.5))],
      ];
    }),
  );
  const frame = frameOf({ id: "so-station-availability", stations, now, series: data });
  expect([frame.value, frame.status, frame.group]).toEqual([75, "ok", "kind"]);
  expect(frame.finding?.en).toBe("3 of 4 stations are in contact (75.0%)");
  const byStation = frameOf({
    id: "so-station-availability",
    stations,
    now,
    series: data,
    view: { group: "station" },
  });
  expect([cell(byStation, "online", silent), cell(byStation, "lastContact", silent)]).toEqual([0, now - 31 * minute]);
  // of the last hour: 2 of 6 heartbeats (19:09 and 19:19, 19:29) and the voltage
  expect(cell(byStation, "value", silent)).toBeCloseTo((100 * 4) / 7, 6);
  expect(definitionOf("so-station-availability").target?.basis).toBe("project");
});

test("a view of one station answers as a series", () => {
  const [a] = parks;
  if (!a) throw new Error("the pack has no car park");
  const series = { [stream(a.id, "occupied")]: readingsUntil(now, 5 * minute, Array(13).fill(12)) };
  const frame = frameOf({ id: "tr-parking-occupancy", stations: [a.id], now, series, view: { subject: a.id } });
  expect([frame.group, frame.columns[0]?.id, frame.rows.length]).toEqual(["station", "time", 24]);
  expect(frame.rows.slice(-2).map((row) => row[2])).toEqual([12, 12]);
  expect(frame.rows[0]?.[1]).toBeNull();
});
