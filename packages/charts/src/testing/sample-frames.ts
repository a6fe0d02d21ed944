import type { Frame, FrameColumn } from "@ioc/contracts";
import { seededRandom } from "@ioc/testkit";
import { cityTime, day, hour, minute } from "../time.ts";
import { column, frameOf, sampleNow, specOf, type Sample } from "./frame-parts.ts";

/** Frames in the shapes that packages/statistics answers with (docs/frames.md), with gaps and missing values. */
const hours = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => sampleNow - (count - 1 - index) * hour);
const random = seededRandom(7);
const wave = (index: number, low: number, high: number, period = 24): number =>
  Math.round(
    (low +
      ((high - low) * (1 + Math.sin((index / period) * 2 * Math.PI - 1.6))) / 2 +
      (random() - 0.5) * (high - low) * 0.08) *
      100,
  ) / 100;

const alarms = (station?: string): Frame["thresholds"] =>
  ([1, 2, 3] as const).map((level) => ({
    id: `bd${level}`,
    name: { vi: `Báo động ${level}`, en: `Flood alarm ${"I".repeat(level)}` },
    value: [1, 1.8, 2.5][level - 1]!,
    basis: "official" as const,
    source: "Decision 05/2020/QĐ-TTg",
    severity: (["Moderate", "Severe", "Extreme"] as const)[level - 1]!,
    ...(station ? { station } : {}),
  }));

const riverRows = hours(48).map(
  (time, index) =>
    [time, "rl-cam-le", index > 20 && index < 26 ? null : wave(index + 12, 0.52, 1.84, 40)] as (
      | string
      | number
      | null
    )[],
);
const riverLast = Number(riverRows.at(-1)![2]);
const river: Sample = {
  spec: specOf(
    "line",
    "Mực nước các sông đang ở đâu so với báo động?",
    "Where do the rivers stand against the alarm levels?",
    "Mực nước đo mỗi giờ, 48 giờ qua",
    "Hourly water level, past 48 hours",
  ),
  frame: frameOf({
    statistic: "wx-river-level",
    group: "station",
    subject: "rl-cam-le",
    columns: [
      column("time", "time", "x"),
      column("subject", "station", "series"),
      column("value", "number", "value", "Mực nước", "Water level", { unit: "m", decimals: 2 }),
    ],
    rows: riverRows,
    value: riverLast,
    previous: 1.2,
    unit: "m",
    decimals: 2,
    window: { from: sampleNow - 48 * hour, to: sampleNow },
    thresholds: alarms("rl-cam-le"),
    finding: { vi: "Mực nước sông Cẩm Lệ đang trên báo động 2", en: "The Cẩm Lệ river is above flood alarm II" },
  }),
};

const rivers: Sample = {
  spec: river.spec,
  frame: frameOf({
    ...river.frame,
    subject: null,
    value: null,
    previous: null,
    finding: null,
    thresholds: [],
    rows: hours(48).flatMap((time, index) => [
      [time, "rl-cam-le", wave(index, 0.52, 1.84, 40)],
      [time, "rl-ai-nghia", wave(index, 4.1, 6.9, 40)],
      [time, "rl-giao-thuy", index > 30 && index < 37 ? null : wave(index, 3.8, 6.6, 40)],
    ]),
  }),
};

const forecast: Sample = {
  spec: river.spec,
  frame: frameOf({
    ...river.frame,
    columns: [
      ...river.frame.columns,
      column("low", "number", "low", "Thấp", "Low", { unit: "m", decimals: 2 }),
      column("high", "number", "high", "Cao", "High", { unit: "m", decimals: 2 }),
      column("status", "text", "status"),
    ],
    rows: [
      ...riverRows.map((row) => [...row, null, null, "ok"]),
      ...Array.from({ length: 12 }, (_, index) => {
        const value = riverLast + 0.26 * Math.sin(((index + 1) / 12) * Math.PI);
        return [
          sampleNow + (index + 1) * hour,
          "rl-cam-le",
          value,
          value - 0.02 * (index + 1),
          value + 0.025 * (index + 1),
          "forecast",
        ];
      }),
    ],
    window: { from: sampleNow - 48 * hour, to: sampleNow + 12 * hour },
  }),
};

const traffic: Sample = {
  spec: specOf(
    "line",
    "Lưu lượng xe giờ này khác thường lệ thế nào?",
    "How does traffic now compare with usual?",
    "Số xe qua các điểm đếm mỗi giờ",
    "Vehicles counted each hour",
  ),
  frame: frameOf({
    statistic: "tr-volume-hour",
    columns: [
      column("time", "time", "x"),
      column("value", "number", "value", "Lưu lượng", "Volume", { unit: "{vehicles}/h", decimals: 0 }),
      column("usual", "number", "reference", "Thường lệ", "Usual", { unit: "{vehicles}/h", decimals: 0 }),
      column("pcu", "number", undefined, "Xe con quy đổi", "Passenger car units", { unit: "{pcu}/h", decimals: 0 }),
    ],
    rows: hours(24).map((time, index) => [
      time,
      Math.round(wave(index, 4000, 61000)),
      Math.round(wave(index, 5000, 54000)),
      1,
    ]),
    value: 60321,
    previous: 58100,
    unit: "{vehicles}/h",
    decimals: 0,
  }),
};

const latestEnd: FrameColumn[] = [
  column("lat", "number"),
  column("lon", "number"),
  column("time", "time", undefined, "Thời điểm", "Time"),
  column("coverage", "number", "coverage", "Độ phủ", "Coverage"),
  column("status", "text", "status"),
];

const aqiStations: Sample = {
  spec: specOf(
    "gauge",
    "Không khí lúc này tốt hay xấu?",
    "How good is the air right now?",
    "Chỉ số VN_AQI giờ, cao nhất trong các trạm",
    "Hourly VN_AQI, highest of the stations",
  ),
  frame: frameOf({
    statistic: "air-vn-aqi-hour",
    group: "station",
    columns: [
      column("subject", "station", "x"),
      column("value", "number", "value", "VN_AQI", "VN_AQI", { unit: "{index}", decimals: 0 }),
      column("dominant", "text", "label"),
      ...latestEnd,
    ],
    rows: [
      ["aq-lien-chieu", 118, "pm25", 16.08, 108.13, sampleNow, 1, "ok"],
      ["aq-hai-chau", 74, "pm25", 16.06, 108.22, sampleNow, 0.98, "ok"],
      ["aq-ngu-hanh-son", null, null, 16.0, 108.26, sampleNow, 0.62, "insufficient"],
    ],
    value: 118,
    previous: 96,
    unit: "{index}",
    decimals: 0,
  }),
};
const aqiHours: Sample = {
  spec: aqiStations.spec,
  frame: frameOf({
    ...aqiStations.frame,
    group: "city",
    columns: [
      column("time", "time", "x"),
      column("value", "number", "value", "VN_AQI", "VN_AQI", { unit: "{index}", decimals: 0 }),
    ],
    rows: hours(24).map((time, index) => [time, index === 9 ? null : Math.round(wave(index, 32, 168))]),
  }),
};

const dayTimes = Array.from({ length: 30 }, (_, index) => cityTime(2026, 9, 23 + index));
const aqiDays: Sample = {
  spec: specOf(
    "calendar",
    "Những ngày nào không khí kém?",
    "On which days was the air poor?",
    "Chỉ số VN_AQI ngày",
    "Daily VN_AQI",
  ),
  frame: frameOf({
    statistic: "air-vn-aqi-day",
    columns: [
      column("time", "time", "x"),
      column("value", "number", "value", "VN_AQI ngày", "Daily VN_AQI", { unit: "{index}", decimals: 0 }),
    ],
    rows: dayTimes.map((time, index) => [
      time,
      index === 12 || index === 13 ? null : Math.round(wave(index, 30, 160, 9)),
    ]),
    value: 84,
    unit: "{index}",
    decimals: 0,
    window: { from: dayTimes[0]!, to: sampleNow },
  }),
};
const yearTimes = Array.from({ length: 365 }, (_, index) => cityTime(2025, 10, 23 + index));
const rainYear: Sample = {
  spec: specOf(
    "calendar",
    "Mưa rơi vào những ngày nào trong năm?",
    "On which days of the year did it rain?",
    "Lượng mưa ngày trung bình thành phố",
    "City mean daily rainfall",
  ),
  frame: frameOf({
    statistic: "wx-rain-day",
    columns: [
      column("time", "time", "x"),
      column("value", "number", "value", "Lượng mưa", "Rainfall", { unit: "mm", decimals: 1 }),
    ],
    rows: yearTimes.map((time, index) => [time, index % 97 === 3 ? null : Math.max(0, wave(index, -40, 90, 31))]),
    unit: "mm",
    decimals: 1,
    window: { from: yearTimes[0]!, to: sampleNow },
  }),
};

const wards = ["ward-hoa-khanh", "ward-an-khe", "ward-cam-le", "ward-ba-na", "ward-hoang-sa"];
const rainStations: Sample = {
  spec: specOf(
    "point-map",
    "Mưa 24 giờ qua lớn nhất ở đâu?",
    "Where was rain heaviest in the past 24 hours?",
    "Lượng mưa 24 giờ theo trạm",
    "24-hour rainfall by station",
  ),
  frame: frameOf({
    statistic: "wx-rain-24h",
    group: "station",
    columns: [
      column("subject", "station", "x", "Trạm", "Station"),
      column("value", "number", "value", "Mưa 24 giờ", "24 h rain", { unit: "mm", decimals: 1 }),
      column("h1", "number", undefined, "1 giờ", "1 h", { unit: "mm", decimals: 1 }),
      ...latestEnd,
    ],
    rows: Array.from({ length: 40 }, (_, index) => [
      `Trạm mưa ${["Suối Lương", "Hòa Bắc", "Sơn Trà", "Mẹ Suốt", "Bà Nà", "Tiên Phước", "Trà My", "Thành Mỹ"][index % 8]!} ${Math.floor(index / 8) + 1}`,
      index === 11 ? null : Math.round(Math.max(0, wave(index, -20, 180, 17)) * 10) / 10,
      2.5,
      15.35 + random() * 0.85,
      107.4 + random() * 0.95,
      sampleNow,
      index === 11 ? 0.4 : 1,
      index === 11 ? "insufficient" : "ok",
    ]),
    value: 176.2,
    previous: 80,
    unit: "mm",
    decimals: 1,
    thresholds: [
      {
        id: "rain-1",
        name: { vi: "Mưa rất to", en: "Very heavy rain" },
        value: 100,
        basis: "official",
        source: "Decision 18/2021/QĐ-TTg",
        severity: "Severe",
      },
    ],
  }),
};
const rainWards: Sample = {
  spec: { ...rainStations.spec, kind: "bar" },
  frame: frameOf({
    statistic: "wx-rain-24h",
    group: "ward",
    columns: [
      column("subject", "area", "x"),
      column("value", "number", "value", "Mưa 24 giờ", "24 h rain", { unit: "mm", decimals: 1 }),
      column("coverage", "number", "coverage"),
      column("status", "text", "status"),
    ],
    rows: wards.map((ward, index) => [
      ward,
      index === 3 ? null : [74.2, 61, 12.5, null, 0][index]!,
      index === 3 ? 0.62 : 1,
      index === 3 ? "insufficient" : "ok",
    ]),
    value: 74.2,
    unit: "mm",
    decimals: 1,
    thresholds: rainStations.frame.thresholds,
  }),
};
const rainHours: Sample = {
  spec: specOf(
    "bar",
    "Mưa lớn nhất trong các giờ qua là bao nhiêu?",
    "What was the heaviest hourly rain?",
    "Lượng mưa giờ cao nhất trong các trạm",
    "Highest hourly rainfall of the stations",
  ),
  frame: frameOf({
    statistic: "wx-rain-intensity-max",
    columns: [
      column("time", "time", "x"),
      column("value", "number", "value", "Cường độ", "Intensity", { unit: "mm/h", decimals: 1 }),
    ],
    rows: Array.from({ length: 25 }, (_, index) => [
      sampleNow - (23 - index) * hour,
      index === 7 ? null : Math.max(0, wave(index, -8, 62, 13)),
    ]),
    unit: "mm/h",
    decimals: 1,
    thresholds: [
      {
        id: "r30",
        name: { vi: "Mưa to", en: "Heavy rain" },
        value: 30,
        basis: "operational",
        source: "x",
        severity: "Moderate",
      },
      {
        id: "r50",
        name: { vi: "Ngưỡng ngập đô thị", en: "Urban flooding threshold" },
        value: 50,
        basis: "project",
        source: "x",
        severity: "Severe",
      },
    ],
  }),
};

const reservoirs: Sample = {
  spec: specOf(
    "bullet",
    "Các hồ chứa đầy đến đâu so với mức trước lũ?",
    "How full are the reservoirs against the pre-flood level?",
    "Dung tích hữu ích đang có",
    "Usable storage in use",
  ),
  frame: frameOf({
    statistic: "wx-reservoir-storage",
    group: "station",
    columns: [
      column("subject", "station", "x"),
      column("value", "number", "value", "Dung tích", "Storage", { unit: "%", decimals: 1 }),
      column("preMax", "number", "reference", "Mức trước lũ cao nhất", "Highest pre-flood filling", {
        unit: "%",
        decimals: 1,
      }),
      ...latestEnd,
    ],
    rows: [
      ["rs-song-tranh-2", 81.4, 76.5, 15.33, 108.1, sampleNow, 1, "ok"],
      ["rs-a-vuong", 64.2, 70, 15.8, 107.6, sampleNow, 1, "ok"],
      ["rs-dak-mi-4", null, 72, 15.4, 107.8, sampleNow, 0.5, "insufficient"],
    ],
    value: 72.1,
    unit: "%",
    decimals: 1,
  }),
};

const sectors = ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"];
const windClasses = ["<2", "2-4", "4-6", "6-8", "8-10.8", ">=10.8"];
const wind: Sample = {
  spec: specOf(
    "wind-rose",
    "Gió thổi từ hướng nào và mạnh bao nhiêu?",
    "Where does the wind come from and how strong is it?",
    "Tần suất theo hướng và cấp tốc độ, 7 ngày qua",
    "Frequency by direction and speed class, past 7 days",
  ),
  frame: frameOf({
    statistic: "wx-wind-rose",
    group: "station",
    columns: [
      column("sector", "text", "x"),
      column("class", "text", "series"),
      column("value", "number", "value", "Tần suất", "Frequency", { unit: "%", decimals: 1 }),
    ],
    rows: [
      ...sectors.flatMap((sector, index) =>
        windClasses.map((each, order) => [
          sector,
          each,
          Math.round(Math.max(0, 2.4 * Math.exp(-((index - 3) ** 2) / 9) * Math.exp(-order / 2)) * 100) / 100,
        ]),
      ),
      ["calm", "calm", 4.2],
    ],
    unit: "%",
    decimals: 1,
    window: { from: sampleNow - 7 * day, to: sampleNow },
  }),
};

const depth: Sample = {
  spec: specOf(
    "sparkline-kpi",
    "Nơi ngập sâu nhất đang ngập bao nhiêu?",
    "How deep is the deepest flooding?",
    "Độ sâu ngập đường lớn nhất, 24 giờ qua",
    "Largest street flood depth, past 24 hours",
  ),
  frame: frameOf({
    statistic: "flood-max-depth",
    columns: [
      column("time", "time", "x"),
      column("value", "number", "value", "Độ sâu", "Depth", { unit: "m", decimals: 2 }),
      column("where", "station"),
    ],
    rows: hours(24).map((time, index) => [time, index === 5 ? null : Math.max(0, wave(index, -0.2, 0.62, 30)), "x"]),
    value: 0.62,
    previous: 0.51,
    unit: "m",
    decimals: 2,
    thresholds: [
      {
        id: "deep",
        name: { vi: "Ngập nặng", en: "Deep flooding" },
        value: 0.5,
        basis: "project",
        source: "x",
        severity: "Extreme",
      },
    ],
  }),
};

const floodClasses = ["0.10-0.20", "0.20-0.30", "0.30-0.50", ">=0.50", "unknown"];
const floodColumns: FrameColumn[] = [
  column("class", "text", "series"),
  column("value", "number", "value", "Số điểm", "Places", { unit: "{points}", decimals: 0 }),
];
const floodHours: Sample = {
  spec: specOf(
    "stacked-bar",
    "Bao nhiêu điểm đang ngập, sâu đến đâu?",
    "How many places are flooded, how deep?",
    "Số điểm ngập theo độ sâu (m)",
    "Flooded places by depth (m)",
  ),
  frame: frameOf({
    statistic: "flood-active-points",
    columns: [column("time", "time", "x"), ...floodColumns],
    rows: hours(24).flatMap((time, index) =>
      floodClasses.map((each, order) => [time, each, Math.max(0, Math.round(wave(index, -4, 12 - order * 2, 26)))]),
    ),
    value: 23,
    previous: 11,
    unit: "{points}",
    decimals: 0,
  }),
};
const floodWards: Sample = {
  spec: floodHours.spec,
  frame: frameOf({
    ...floodHours.frame,
    group: "ward",
    columns: [column("subject", "area", "x"), ...floodColumns],
    rows: wards.flatMap((ward, index) =>
      floodClasses.map((each, order) => [ward, each, Math.max(0, 9 - index * 2 - order)]),
    ),
  }),
};

const rhythm: Sample = {
  spec: specOf(
    "heatmap",
    "Xe đông nhất vào giờ nào, ngày nào trong tuần?",
    "At which hour and weekday is traffic heaviest?",
    "Lưu lượng trung bình theo giờ và thứ, 8 tuần qua",
    "Mean volume by hour and weekday, past 8 weeks",
  ),
  frame: frameOf({
    statistic: "tr-hour-week-profile",
    columns: [
      column("hour", "number", "x", "Giờ", "Hour"),
      column("weekday", "number", "y", "Thứ", "Weekday"),
      column("value", "number", "value", "Lưu lượng", "Volume", { unit: "{vehicles}/h", decimals: 0 }),
    ],
    rows: Array.from({ length: 168 }, (_, index) => [
      index % 24,
      Math.floor(index / 24) + 1,
      index === 100 ? null : Math.round(wave(index % 24, 2000, 58000) * (index >= 120 ? 0.7 : 1)),
    ]),
    unit: "{vehicles}/h",
    decimals: 0,
    window: { from: sampleNow - 56 * day, to: sampleNow },
  }),
};
const availability: Sample = {
  spec: specOf(
    "heatmap",
    "Loại trạm nào đang mất kết nối?",
    "Which kinds of station are offline?",
    "Tỷ lệ trạm trực tuyến theo loại, 24 giờ qua",
    "Share of stations online by kind, past 24 hours",
  ),
  frame: frameOf({
    statistic: "so-station-availability",
    group: "kind",
    columns: [
      column("time", "time", "x"),
      column("subject", "text", "y"),
      column("value", "number", "value", "Trực tuyến", "Online", { unit: "%", decimals: 1 }),
    ],
    rows: hours(24).flatMap((time, index) =>
      ["kind-rain-gauge", "kind-street-flood", "kind-air-quality"].map((kind, order) => [
        time,
        kind,
        index === 4 && order === 2 ? null : order === 1 && index > 12 && index < 17 ? 62.9 : 100 - order * 0.7,
      ]),
    ),
    value: 96.4,
    unit: "%",
    decimals: 1,
  }),
};

const modes = ["Xe buýt", "Taxi", "Xe công nghệ"];
const composed: Sample = {
  spec: specOf(
    "area",
    "Khách đi phương tiện nào?",
    "Which modes do passengers use?",
    "Lượt khách theo loại phương tiện",
    "Passengers by mode",
  ),
  frame: frameOf({
    statistic: "tr-passengers",
    columns: [
      column("time", "time", "x"),
      column("mode", "text", "series"),
      column("value", "number", "value", "Lượt khách", "Passengers", { unit: "{passengers}", decimals: 0 }),
    ],
    rows: hours(24).flatMap((time, index) =>
      modes.map((mode, order) => [
        time,
        mode,
        index === 13 || index === 14 ? null : Math.round(wave(index, 100, 900 - order * 200)),
      ]),
    ),
    unit: "{passengers}",
    decimals: 0,
  }),
};

const exact: Sample = {
  spec: specOf(
    "table",
    "Các trạm đang đo được gì?",
    "What do the stations measure?",
    "Giá trị mới nhất",
    "Latest values",
  ),
  frame: { ...rainStations.frame, statistic: "table-sample", thresholds: [] },
};

const nothing = { value: null, previous: null, rows: [] };
const insufficient: Sample = {
  spec: depth.spec,
  frame: {
    ...depth.frame,
    statistic: "insufficient",
    value: null,
    previous: null,
    coverage: 0.62,
    status: "insufficient",
  },
};
const empty: Sample = {
  spec: river.spec,
  frame: { ...river.frame, statistic: "empty", ...nothing, finding: null, asOf: null, coverage: null, status: "empty" },
};
const failed: Sample = {
  spec: river.spec,
  frame: {
    ...river.frame,
    statistic: "failed",
    ...nothing,
    finding: null,
    asOf: null,
    coverage: null,
    status: "error",
    error: "boom",
  },
};

export const samples: Record<string, Sample> = {
  river,
  rivers,
  forecast,
  traffic,
  aqiStations,
  aqiHours,
  aqiDays,
  rainYear,
  rainStations,
  rainWards,
  rainHours,
  reservoirs,
  wind,
  depth,
  floodHours,
  floodWards,
  rhythm,
  availability,
  composed,
  exact,
  insufficient,
  empty,
  failed,
};

/** Ten-minute readings with a gap, for a history chart. */
export function sampleHistory(count = 144): { time: number[]; value: (number | null)[]; quality: (1 | 3)[] } {
  const time = Array.from({ length: count }, (_, index) => sampleNow - (count - 1 - index) * 10 * minute).filter(
    (_, index) => index < 50 || index > 63,
  );
  return {
    time,
    value: time.map((_, index) => wave(index, 0.4, 1.7, 90)),
    quality: time.map((_, index) => (index % 29 === 7 ? 3 : 1)),
  };
}
