import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { seededRandom, sharedData } from "@ioc/testkit";

export interface Day {
  time: Float64Array;
  value: Float64Array;
  quality: Uint8Array;
  reasons: Uint16Array;
  delay: Float64Array;
}

export interface Series {
  name: string;
  /** Blocks of one day each, in time order. */
  days: Day[];
}

const DAY_MS = 86_400_000;
const T0 = Date.UTC(2026, 9, 1);

/** A week of a city: 120 s, one decimal, a daily wave with noise that remembers; a tenth of the times a second late. */
export function cityWeek(count: number): Series {
  const random = seededRandom(42);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const days: Series["days"] = [];
  for (let series = 0; series < count; series++) {
    let noise = 0;
    for (let day = 0; day < 7; day++) {
      const time = Float64Array.from({ length: 720 }, (_, i) => T0 + day * DAY_MS + (i + 1) * 120_000);
      const value = time.map((at, i) => {
        if (random() < 0.1) time[i] = at + 1000;
        noise = 0.9 * noise + 0.3 * normal();
        return Math.round((25 + 5 * Math.sin((2 * Math.PI * (at % DAY_MS)) / DAY_MS) + noise) * 10) / 10;
      });
      days.push(dayOf(time, value));
    }
  }
  return { name: "a made city, 120 s, one decimal", days };
}

interface Source {
  name: string;
  file: string;
  time: (row: readonly string[], column: (name: string) => string) => number;
  value: string;
}

const hourOf = (column: (name: string) => string) =>
  Date.UTC(Number(column("year")), Number(column("month")) - 1, Number(column("day")), Number(column("hour")));
const iso = (name: string) => (_: readonly string[], column: (name: string) => string) => Date.parse(column(name));
const beijing = "air-beijing-multisite/PRSA_Data_Tiantan_20130301-20170228.csv.gz";

const SOURCES: readonly Source[] = [
  {
    name: "river flow, 15 min",
    file: "river-uk-33029/flow_15min.csv.gz",
    time: iso("datetime"),
    value: "q_mm_per_15min",
  },
  {
    name: "sea level, hourly",
    file: "tide-australia-hourly/Darwin.csv.gz",
    time: iso("datetime_utc"),
    value: "sea_level_m",
  },
  { name: "PM2.5 Beijing, hourly", file: beijing, time: (_, column) => hourOf(column), value: "PM2.5" },
  { name: "temperature Beijing, hourly", file: beijing, time: (_, column) => hourOf(column), value: "TEMP" },
  {
    name: "water temperature, 15 min",
    file: "water-quality-apalachicola/apacpwq.csv.gz",
    time: iso("datetimestamp"),
    value: "temp",
  },
  {
    name: "dust of a low-cost sensor, about 150 s",
    file: "air-hcmc-lowcost-raw/data-esp8266-12779556-2018-10-09.csv",
    time: iso("Time"),
    value: "SDS_P1",
  },
];

/** Recorded series by day; those whose data are not there are left out. */
export function recordedSeries(): Series[] {
  return SOURCES.filter(({ file }) => existsSync(sharedData(file))).map(({ name, file, time, value }) => {
    const bytes = readFileSync(sharedData(file));
    const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
    const [head = "", ...lines] = text.trim().split(/\r?\n/);
    const separator = head.includes(";") ? ";" : ",";
    const names = head.replaceAll('"', "").split(separator);
    const readings = new Map<number, number>();
    for (const line of lines) {
      const row = line.replaceAll('"', "").split(separator);
      const column = (wanted: string) => row[names.indexOf(wanted)] ?? "";
      const at = time(row, column);
      const text = column(value);
      if (Number.isFinite(at)) readings.set(at, text === "" || text === "NA" ? NaN : Number(text));
    }
    return { name, days: byDay([...readings].sort(([a], [b]) => a - b)) };
  });
}

function byDay(readings: readonly (readonly [time: number, value: number])[]): Series["days"] {
  const days = Map.groupBy(readings, ([time]) => Math.ceil(time / DAY_MS));
  return [...days.values()].map((day) =>
    dayOf(
      Float64Array.from(day, ([time]) => time),
      Float64Array.from(day, ([, value]) => value),
    ),
  );
}

/** All good and in time. */
function dayOf(time: Float64Array, value: Float64Array): Day {
  const count = time.length;
  return {
    time,
    value,
    quality: new Uint8Array(count).fill(1),
    reasons: new Uint16Array(count),
    delay: new Float64Array(count),
  };
}
