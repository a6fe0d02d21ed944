import { describe, expect, test } from "vitest";
import type { Frame } from "@ioc/contracts";
import { chartOption, chartPlan } from "./chart-option.ts";
import type { ChartContext } from "./context.ts";
import { gapsOf } from "./renderers/gaps.ts";
import { pushApart, timeLabels, timeTicks, valueScale } from "./scale.ts";
import { edgeSamples } from "./testing/edge-samples.ts";
import { sampleName, sampleNow } from "./testing/frame-parts.ts";
import { sampleHistory, samples } from "./testing/sample-frames.ts";
import { sampleAreas, shapeSamples } from "./testing/shape-samples.ts";
import { fitText, shortNames, textWidth, wrapText } from "./text.ts";
import { cityTime, hour, minute } from "./time.ts";
import { timeSeriesPlan } from "./time-series.ts";
import { classLabel, classRank, classesOf } from "./classes.ts";

const context: ChartContext = {
  theme: "light",
  width: 680,
  height: 300,
  lang: "vi",
  now: sampleNow,
  nameOf: sampleName,
};
type Series = {
  type: string;
  data: ([number, number | null] | number | null)[];
  lineStyle?: { type: unknown };
  connectNulls?: boolean;
};
const seriesOf = (name: string, more: Partial<ChartContext> = {}): Series[] =>
  chartOption(samples[name]!.spec, samples[name]!.frame, { ...context, ...more })["series"] as Series[];

describe("value axes", () => {
  test.each([
    [0, 1.84, { zero: true }, [0, 0.5, 1, 1.5, 2]],
    [24.1, 33.2, {}, [22.5, 25, 27.5, 30, 32.5, 35].slice(0, 0)],
    [0, 0, { zero: true, decimals: 0 }, [0, 1]],
    [-3, 7, { zero: true }, [-5, 0, 5, 10]],
  ])("%s to %s", (low, high, options, ticks) => {
    const scale = valueScale(low, high, options);
    if (ticks.length > 0) expect(scale.ticks).toEqual(ticks);
    expect(scale.ticks.length).toBeLessThanOrEqual(5);
    expect(scale.min).toBeLessThanOrEqual(low);
    expect(scale.max).toBeGreaterThanOrEqual(high);
  });

  test("never more than five grid lines, whatever the range", () => {
    for (let exponent = -4; exponent < 8; exponent++)
      for (const [low, high] of [
        [0, 3.7],
        [1.01, 1.02],
        [-9, 9],
        [0.3, 97],
      ] as const) {
        const factor = 10 ** exponent;
        const scale = valueScale(low * factor, high * factor);
        expect(scale.ticks.length).toBeLessThanOrEqual(5);
        expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
      }
  });
});

describe("time axes", () => {
  test("ticks stand at round hours of the city, midnight carries the date", () => {
    const from = cityTime(2026, 10, 21, 9, 20);
    const ticks = timeTicks(from, from + 24 * hour, 6);
    expect(timeLabels(ticks, "vi")).toEqual(["12:00\n21/10", "18:00", "00:00\n22/10", "06:00"]);
  });
  test("months carry the year in January", () => {
    const ticks = timeTicks(cityTime(2025, 11, 10), cityTime(2026, 4, 10), 6);
    expect(timeLabels(ticks, "vi")).toEqual(["Th12\n2025", "Th1\n2026", "Th2", "Th3", "Th4"]);
    expect(timeLabels(ticks, "en")).toEqual(["Dec\n2025", "Jan\n2026", "Feb", "Mar", "Apr"]);
  });
});

describe("labels that push each other apart", () => {
  test("keep their order and distance, stay inside", () => {
    expect(pushApart([50, 52, 54], 10, 0, 100)).toEqual([42, 52, 62]);
    expect(pushApart([1, 2], 10, 0, 100)).toEqual([0, 10]);
    expect(pushApart([99, 98], 10, 0, 100)).toEqual([100, 90]);
    expect(pushApart([10, 80], 10, 0, 100)).toEqual([10, 80]);
    expect(pushApart([5, 5, 5], 80, 0, 100)).toEqual([0, 50, 100]);
    expect(pushApart([], 10, 0, 100)).toEqual([]);
  });
});

describe("texts without a browser", () => {
  test("marks do not make a letter wider", () => {
    expect(textWidth("Ấ", 10)).toBe(textWidth("A", 10));
    expect(textWidth("đ", 10)).toBe(textWidth("d", 10));
    expect(textWidth("Độ ẩm", 10, 600)).toBeGreaterThan(textWidth("Độ ẩm", 10));
  });
  test("wrap at ordinary spaces only", () => {
    expect(wrapText("Mất dữ\u00a0liệu", 12, 40, 3)).toEqual(["Mất", "dữ\u00a0liệu"]);
    expect(wrapText("một hai ba bốn năm sáu bảy", 12, 50, 2).at(-1)).toMatch(/…$/);
    expect(fitText("Trạm", 12, 500)).toBe("Trạm");
  });
  test("names lose the words they share only when they do not fit", () => {
    const names = ["Trạm thủy văn Cẩm Lệ", "Trạm thủy văn Ái Nghĩa"];
    expect(shortNames(names, 12, 60)).toEqual(["Cẩm Lệ", "Ái Nghĩa"]);
    expect(shortNames(names, 12, 500)).toEqual(names);
    expect(shortNames(["Trạm A"], 12, 1)).toEqual(["Trạm A"]);
  });
});

describe("classes", () => {
  test("are at most five, round, and hold every value", () => {
    for (const [low, high] of [
      [0, 58_900],
      [0, 176.2],
      [62.9, 100],
      [3, 3],
      [-4, 9],
    ] as const) {
      const classes = classesOf(low, high);
      expect(classes.edges.length - 1).toBeLessThanOrEqual(5);
      expect(classes.of(low)).toBeGreaterThanOrEqual(0);
      expect(classes.of(high)).toBeLessThan(classes.edges.length - 1);
      expect(classes.edges[0]).toBeLessThanOrEqual(low);
      expect(classes.edges.at(-1)).toBeGreaterThanOrEqual(high);
    }
  });
  test("of counts are whole numbers, each in one class", () => {
    const labels = (low: number, high: number) => {
      const classes = classesOf(low, high, true);
      return Array.from({ length: classes.edges.length - 1 }, (_, i) => classLabel(classes, i, "en", 0));
    };
    expect(labels(0, 2)).toEqual(["0", "1", "2"]);
    expect(labels(0, 5)).toEqual(["0–1", "2–3", "4–5"]);
    expect(labels(0, 12)).toEqual(["0–2", "3–5", "6–8", "9–11", "12–14"]);
    expect(labels(100, 100)).toEqual(["100"]);
    for (const high of [1, 3, 7, 23, 99, 640]) {
      const classes = classesOf(0, high, true);
      expect(classes.edges.length - 1).toBeLessThanOrEqual(5);
      const found = Array.from({ length: high + 1 }, (_, value) => classes.of(value));
      expect(found).toEqual(found.toSorted((a, b) => a - b));
      for (const [value, at] of found.entries()) {
        expect(classes.edges[at]).toBeLessThanOrEqual(value);
        expect(classes.edges[at + 1]).toBeGreaterThan(value);
      }
    }
  });
  test("codes have an order", () => {
    const codes = [">=10.8", "2-4", "unknown", "<2", "calm", "8-10.8"];
    expect(codes.toSorted((a, b) => classRank(a)! - classRank(b)!)).toEqual([
      "calm",
      "<2",
      "2-4",
      "8-10.8",
      ">=10.8",
      "unknown",
    ]);
    expect(classRank("bus")).toBeNull();
  });
});

describe("lines", () => {
  test("break at gaps, and nothing joins them", () => {
    const [line] = seriesOf("river");
    expect(line!.connectNulls).toBe(false);
    const values = line!.data as [number, number | null][];
    expect(values.filter(([, value]) => value === null).length).toBeGreaterThanOrEqual(1);
    expect(values.every(([, value]) => value !== 0)).toBe(true);
  });

  test("a period that is missing altogether breaks the line too", () => {
    const { spec, frame } = samples["river"]!;
    const without: Frame = { ...frame, rows: frame.rows.filter(([, , value]) => value !== null) };
    const [line] = chartOption(spec, without, context)["series"] as Series[];
    expect((line!.data as [number, number | null][]).some(([, value]) => value === null)).toBe(true);
  });

  test("are dashed where they are forecast", () => {
    const dashes = seriesOf("forecast").map((each) => each.lineStyle!.type);
    expect(dashes).toEqual(["solid", [6, 4]]);
  });

  test("more than six: one stands out, the rest are grey and thin", () => {
    const { spec, frame } = samples["rivers"]!;
    const rows = Array.from({ length: 8 }, (_, index) =>
      frame.rows
        .filter(([, id]) => id === "rl-cam-le")
        .map(([time, , value]) => [time!, `s${index}`, Number(value) + index]),
    ).flat();
    const series = chartOption(spec, { ...frame, rows }, { ...context, highlight: "s3" })["series"] as (Series & {
      lineStyle: { width: number; color: string };
    })[];
    expect(series.map((each) => each.lineStyle.width)).toEqual([1, 1, 1, 1, 1, 1, 1, 2.5]);
  });

  test("a gap is longer than two periods", () => {
    const at = [0, 1, 2, 5, 6].map((index) => ({ time: index * hour, value: 1 }));
    expect(gapsOf(at, hour)).toEqual([{ from: 2 * hour, to: 5 * hour }]);
    expect(
      gapsOf(
        [
          { time: 0, value: 1 },
          { time: hour, value: null },
          { time: 2 * hour, value: 1 },
        ],
        hour,
      ),
    ).toEqual([]);
  });
});

describe("a kind draws the view it is given", () => {
  test.each([
    ["line", "rainWards"],
    ["heatmap", "rainWards"],
    ["calendar", "rainWards"],
  ] as const)("%s of places is a ranking", (kind, name) => {
    const plan = chartPlan({ kind }, samples[name]!.frame, context);
    const points = plan.points();
    expect(points.map((point) => point.label)).toEqual([
      "Phường Hòa Khánh",
      "Phường An Khê",
      "Phường Cẩm Lệ",
      "Đặc khu Hoàng Sa",
      "Xã Bà Nà",
    ]);
    expect(points.at(-1)!.note).toBe("— Chưa đủ số liệu (62%)");
  });
  test("a map of stations without places is a table, with places it is a map", () => {
    const { frame } = samples["aqiStations"]!;
    const keep = (id: string): boolean => id !== "lat" && id !== "lon";
    const at = frame.columns.flatMap((each, index) => (keep(each.id) ? [index] : []));
    const placeless = {
      ...frame,
      columns: at.map((index) => frame.columns[index]!),
      rows: frame.rows.map((row) => at.map((index) => row[index]!)),
    };
    expect(chartPlan({ kind: "point-map" }, placeless, context).points()).toEqual([]);
    const places: Record<string, [number, number]> = {
      "aq-hai-chau": [108.22, 16.06],
      "aq-lien-chieu": [108.13, 16.08],
    };
    const plan = chartPlan({ kind: "point-map" }, placeless, { ...context, positionOf: (id) => places[id] ?? null });
    expect(
      plan
        .points()
        .map((point) => point.label)
        .sort(),
    ).toEqual(["Trạm không khí Hải Châu", "Trạm không khí KCN Liên Chiểu"]);
  });
});

describe("points", () => {
  test("of a line say time, value, and the threshold that is passed", () => {
    const points = chartPlan(samples["river"]!.spec, samples["river"]!.frame, context).points();
    expect(points.length).toBe(43);
    const top = points.toSorted((a, b) => a.y - b.y)[0]!;
    expect(top.label).toBe("19:00 20/10");
    expect(top.value).toBe("1,86\u00a0m");
    expect(top.note).toBe("≥ Báo động 2 (1,8\u00a0m)");
  });
  test("lie inside the plot", () => {
    for (const [name, { spec, frame }] of Object.entries({ ...samples, ...shapeSamples, ...edgeSamples })) {
      for (const width of [312, 680]) {
        for (const point of chartPlan(spec, frame, { ...context, width, areas: sampleAreas(16) }).points()) {
          expect(point.x, name).toBeGreaterThanOrEqual(0);
          expect(point.x, name).toBeLessThanOrEqual(width);
          expect(point.y, name).toBeGreaterThanOrEqual(0);
          expect(point.y, name).toBeLessThanOrEqual(context.height);
          expect(`${point.label} ${point.value} ${point.note}`, name).not.toMatch(/NaN|undefined|null/);
        }
      }
    }
  });
});

describe("history of a datastream", () => {
  const history = sampleHistory();
  const series = {
    datastream: "rl-cam-le:level",
    unit: "m",
    resolution: "raw" as const,
    periodSeconds: 600,
    from: sampleNow - 24 * hour,
    to: sampleNow,
    ...history,
  };
  const look = { unit: "m", decimals: 2, periodSeconds: 600, thresholds: [] };

  test("breaks at the gap and at doubtful readings, which are hollow", () => {
    const { option } = timeSeriesPlan(series, look, context);
    const [line] = option["series"] as Series[];
    const data = line!.data as [number, number | null][];
    expect(data.some(([, value]) => value === null)).toBe(true);
    const doubtful = series.time.filter((_, index) => series.quality[index] === 3);
    expect(doubtful.length).toBe(5);
    for (const time of doubtful) expect(data.some(([at, value]) => at === time && value !== null)).toBe(false);
    const { elements } = option["graphic"] as {
      elements: { type: string; style: { fill?: string; stroke?: string } }[];
    };
    const hollow = elements.filter((each) => each.type === "circle" && each.style.fill === "#FFFFFF");
    expect(hollow.length).toBe(5);
    expect(JSON.stringify(elements)).toContain("Mất");
  });

  test("a thinned series breaks only where it says so", () => {
    const time = [0, 5, 11, 12, 20].map((hours) => sampleNow - 24 * hour + hours * hour);
    const thinned = {
      ...series,
      reduction: "lttb" as const,
      time,
      value: [1, 2, null, 2, 1],
      quality: [1, 1, 9, 1, 1],
    };
    const { option } = timeSeriesPlan(thinned as never, look, context);
    const [line] = option["series"] as Series[];
    expect(line!.data).toEqual(time.map((at, index) => [at, thinned.value[index]]));
    expect(JSON.stringify(option["graphic"])).toContain("Mất");
  });

  test("thins out more than 2,000 points", () => {
    const count = 5000;
    const time = Array.from({ length: count }, (_, index) => sampleNow - (count - index) * minute);
    const long = {
      ...series,
      time,
      value: time.map((_, index) => Math.sin(index / 50)),
      quality: time.map(() => 1 as const),
      from: time[0]!,
    };
    const [line] = timeSeriesPlan(long, { ...look, periodSeconds: 60 }, context).option["series"] as (Series & {
      sampling?: string;
    })[];
    expect(line!.sampling).toBe("lttb");
  });

  test("without a value it says so", () => {
    const none = timeSeriesPlan({ ...series, time: [], value: [], quality: [] }, look, context);
    expect(JSON.stringify(none.option)).toContain("Không có số liệu trong khoảng này.");
    expect(none.points()).toEqual([]);
  });

  test("points of rollups carry the band", () => {
    const rolled = {
      ...series,
      resolution: "1h" as const,
      time: [sampleNow - hour, sampleNow],
      value: [1, 1.2],
      min: [0.9, 1.1],
      max: [1.1, 1.4],
      quality: [1 as const, 1 as const],
    };
    expect(
      timeSeriesPlan(rolled, look, context)
        .points()
        .map((point) => `${point.label} ${point.value} ${point.note}`),
    ).toEqual(["08:00 22/10 1,00\u00a0m 0,90–1,10", "09:00 22/10 1,20\u00a0m 1,10–1,40"]);
  });
});
