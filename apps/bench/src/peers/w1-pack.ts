import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Both languages at once: the names of a generated city need no translation. */
const text = (words: string): { vi: string; en: string } => ({ vi: words, en: words });

/** Stations of workload W1 and the properties of each. */
export const w1Stations = Array.from({ length: 400 }, (_, i) => `w1-s${String(i).padStart(3, "0")}`);
export const w1Properties = ["p1", "p2", "p3", "p4", "p5"] as const;
const periodIso = "PT2M";

/**
 * Writes a city pack for workload W1: 400 stations with five properties each, five statistics and five rules over all of them,
 * so that what is measured does the work of a real city.
 */
export function writeW1Pack(folder: string): void {
  const write = (file: string, value: unknown) => {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    // JSON is YAML.
    writeFileSync(join(folder, file), typeof value === "string" ? value : JSON.stringify(value));
  };
  write("city.yaml", {
    id: "w1",
    name: text("W1"),
    timezone: "Asia/Ho_Chi_Minh",
    center: [16, 108],
    box: [15, 107, 17, 109],
    attribution: text("generated"),
    schemes: [{ id: "w1", name: text("W1"), levels: ["city", "district"], validFrom: null, validTo: null }],
    scheme: "w1",
    boundaries: { w1: { status: "approximate", source: text("none") } },
  });
  write("agencies.yaml", [{ id: "bench", name: text("Bench"), level: "city" }]);
  write("domains.yaml", [{ id: "bench", name: text("Bench") }]);
  const box = [15, 107, 17, 109];
  write("areas/w1.yaml", [
    { id: "all", name: text("All"), type: text("city"), level: "city", parent: null, center: [16, 108], box },
    {
      id: "part",
      name: text("Part"),
      type: text("district"),
      level: "district",
      parent: "all",
      center: [16, 108],
      box,
    },
  ]);
  write("kinds/w1.yaml", {
    id: "w1",
    name: text("W1 station"),
    owner: "bench",
    glyph: "cloud-solid",
    domain: "bench",
    primary: "p1",
    prefix: "w1",
    properties: w1Properties.map((id) => ({
      id,
      name: text(id),
      unit: "Cel",
      kind: "instant",
      period: periodIso,
      min: -1000,
      max: 1000,
      decimals: 1,
      flatHours: null,
    })),
  });
  const rows = w1Stations.map((id, i) => {
    const place = `${(15.1 + (i % 20) * 0.09).toFixed(4)},${(107.1 + Math.floor(i / 20) * 0.09).toFixed(4)}`;
    return `${id},${id},${id},${place},invented,plausible,part`;
  });
  write("stations/w1.csv", `id,name_vi,name_en,lat,lon,position,basis,area.w1\n${rows.join("\n")}\n`);
  write("statistics/w1.yaml", w1Properties.map(statisticOf));
  write("warnings/w1.yaml", w1Properties.map(warningOf));
}

/** Mean of all stations, hour by hour over a day. */
function statisticOf(property: string): object {
  return {
    id: `mean-${property}`,
    domain: "bench",
    name: text(`Mean of ${property}`),
    question: text(`How high is ${property}?`),
    measures: text(`Hourly mean of ${property}`),
    input: [{ kind: "w1", properties: [property] }],
    pipeline: [
      { op: "hours", span: "PT24H" },
      { op: "roll-up", measures: [property] },
      { op: "table", value: { measure: property, name: text(property) } },
    ],
    unit: "Cel",
    decimals: 1,
    window: "PT24H",
    groups: ["city", "district", "station"],
    rollUp: "mean",
    refreshSeconds: 300,
    audience: ["operator"],
    chart: "sparkline-kpi",
    method: text("Mean of hourly means"),
    source: text("generated"),
  };
}

/** High values for ten minutes: evaluated on every reading of the property. */
function warningOf(property: string): object {
  return {
    id: `w-high-${property}`,
    domain: "bench",
    kind: "threshold",
    hazard: "heat",
    name: text(`High ${property}`),
    sentence: text(`${property} is high`),
    headline: text("{value} at {place}"),
    value: { signal: "v", unit: "Cel", decimals: 1 },
    inputs: [{ kind: "w1", properties: [property] }],
    signals: { v: { op: "latest", property } },
    scale: "ioc",
    levels: [
      {
        level: 1,
        name: text("high"),
        severity: "Minor",
        when: "v >= 500",
        for: "PT10M",
        basis: "project",
        source: "bench",
      },
      { level: 2, name: text("very high"), severity: "Severe", when: "v >= 800", basis: "project", source: "bench" },
    ],
    hysteresis: 0.5,
    clearFor: "PT10M",
    every: "PT2M",
    staleAfter: "PT30M",
    subject: "station",
    action: text("none"),
    cap: {
      responseType: "Monitor",
      category: "Other",
      event: text("high value"),
      certainty: "Observed",
      urgency: "Immediate",
    },
    publicFrom: 2,
  };
}
