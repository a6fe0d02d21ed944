import { describe, expect, test } from "vitest";
import type { ChartKind, Frame } from "@ioc/contracts";
import { chartPlan, drawnKind } from "./chart-option.ts";
import { classBounds } from "./classes.ts";
import { readFrame } from "./columns.ts";
import type { ChartContext, ChartPlan } from "./context.ts";
import { flagColors } from "./flags.ts";
import { formatValue } from "./format.ts";
import { contrast } from "./ink.ts";
import { networkOf, placeNodes } from "./renderers/sankey-layout.ts";
import { squarify } from "./renderers/treemap-layout.ts";
import { areaShapes, splitFar } from "./shapes.ts";
import { edgeSamples } from "./testing/edge-samples.ts";
import { sampleName, sampleNow } from "./testing/frame-parts.ts";
import { samples } from "./testing/sample-frames.ts";
import { sampleAreas, shapeSamples } from "./testing/shape-samples.ts";
import { cityTime } from "./time.ts";
import { vnAqiBands } from "./tokens.ts";

const context: ChartContext = {
  theme: "light",
  width: 680,
  height: 340,
  lang: "vi",
  now: sampleNow,
  nameOf: sampleName,
  areas: sampleAreas(16),
};
const plan = (name: string, more: Partial<ChartContext> = {}): ChartPlan => {
  const { spec, frame } = (shapeSamples[name] ?? samples[name] ?? edgeSamples[name])!;
  return chartPlan(spec, frame, { ...context, ...more });
};
interface Drawn {
  type: string;
  shape?: Record<string, unknown>;
  style: { text?: string; fill?: string; stroke?: string };
  children?: Drawn[];
}
const elements = (drawn: ChartPlan): Drawn[] => {
  const flat = (list: Drawn[]): Drawn[] => list.flatMap((each) => [each, ...flat(each.children ?? [])]);
  return flat((drawn.option["graphic"] as { elements: Drawn[] }).elements);
};
const texts = (drawn: ChartPlan): string[] => elements(drawn).flatMap((each) => each.style?.text ?? []);
const kindOf = (kind: ChartKind, frame: Frame): ChartKind => drawnKind(kind, readFrame(frame, "vi", sampleName));

describe("a view is drawn as what it is", () => {
  const time = samples["rainHours"]!.frame;
  const area = samples["rainWards"]!.frame;
  const station = samples["aqiStations"]!.frame;
  test.each([
    ["choropleth", time, "line"],
    ["treemap", time, "line"],
    ["bullet", time, "bullet"],
    ["bullet", area, "bullet"],
    ["radar", time, "line"],
    ["histogram", time, "bar"],
    ["boxplot", time, "line"],
    ["calendar", time, "line"],
    ["calendar", samples["aqiDays"]!.frame, "calendar"],
    ["boxplot", area, "bar"],
    ["histogram", area, "bar"],
    ["wind-rose", area, "bar"],
    ["sankey", area, "bar"],
    ["area", area, "bar"],
    ["area", samples["forecast"]!.frame, "line"],
    ["choropleth", area, "choropleth"],
    ["point-map", area, "choropleth"],
    ["choropleth", station, "point-map"],
    ["stacked-bar", area, "bar"],
    ["stacked-bar", samples["floodWards"]!.frame, "stacked-bar"],
    ["treemap", samples["floodWards"]!.frame, "stacked-bar"],
    ["treemap", edgeSamples["treemap negative"]!.frame, "bar"],
    ["radar", edgeSamples["radar one"]!.frame, "bar"],
    ["radar", edgeSamples["radar negative"]!.frame, "bar"],
    ["bar", shapeSamples["waste"]!.frame, "sankey"],
    ["heatmap", shapeSamples["waste"]!.frame, "heatmap"],
  ] as const)("%s %#", (kind, frame, drawn) => {
    expect(kindOf(kind, frame)).toBe(drawn);
  });

  test("a bullet of a series over time is its newest period with what it is compared with", () => {
    const { frame } = samples["traffic"]!;
    const [only, ...others] = chartPlan({ kind: "bullet" }, frame, context).points();
    const [, volume, usual] = frame.rows.at(-1)!;
    expect(others).toEqual([]);
    expect(only?.value).toBe(formatValue(Number(volume), "{vehicles}/h", 0, "vi"));
    expect(only?.note).toContain(formatValue(Number(usual), "{vehicles}/h", 0, "vi"));
  });

  test("parts of one whole without a subject are bars of the parts", () => {
    const { frame } = samples["floodHours"]!;
    const rows = [
      ["0.10-0.20", 4],
      ["0.20-0.30", 2],
    ];
    const latest = { ...frame, columns: frame.columns.slice(1), rows };
    expect(kindOf("stacked-bar", latest)).toBe("bar");
    const labels = chartPlan({ kind: "stacked-bar" }, latest, context)
      .points()
      .map((point) => `${point.label}: ${point.value}`);
    expect(labels).toEqual(["0,10–0,20: 4\u00a0điểm", "0,20–0,30: 2\u00a0điểm"]);
  });

  test("a headline without rows is said as a number", () => {
    const { frame } = samples["rainWards"]!;
    const bare = { ...frame, columns: [frame.columns[1]!], rows: [] };
    expect(kindOf("choropleth", bare)).toBe("sparkline-kpi");
    expect(texts(chartPlan({ kind: "choropleth" }, bare, context))).toContain("74,2");
  });
});

test("codes are named by the labels of their column, before anything else", () => {
  const points = plan("lateness").points();
  expect(points.map((point) => point.label)).toEqual([
    "Sớm trên 2 ngày",
    "Đúng hạn",
    "Trễ dưới 5 ngày",
    "Trễ từ 5 ngày",
  ]);
  expect(points[2]!.value).toBe("Không có số liệu");
  expect(plan("lateness", { lang: "en", nameOf: () => "another name" }).points()[1]!.label).toBe("On time");
});

describe("histogram", () => {
  test("says its classes with both edges, and how many values there are", () => {
    const drawn = plan("hoursToClose");
    expect(drawn.points().map((point) => `${point.label}: ${point.value}`)).toEqual([
      "0–4\u00a0giờ: 42\u00a0phản ánh",
      "4–8\u00a0giờ: 118\u00a0phản ánh",
      "8–12\u00a0giờ: 164\u00a0phản ánh",
      "12–24\u00a0giờ: 97\u00a0phản ánh",
      "24–48\u00a0giờ: 61\u00a0phản ánh",
      "48–72\u00a0giờ: 23\u00a0phản ánh",
      "72–120\u00a0giờ: 9\u00a0phản ánh",
      "≥\u00a0120\u00a0giờ: 14\u00a0phản ánh",
    ]);
    // 42 + 118 + 164 + 97 + 61 + 23 + 9 + 14 = 528
    expect(texts(drawn)).toContain("n = 528");
  });
  test("edges of class codes", () => {
    expect(["<2", "2-4", ">=10.8", "unknown", "3"].map(classBounds)).toEqual([
      [null, 2],
      [2, 4],
      [10.8, null],
      null,
      null,
    ]);
  });
});

describe("boxplot", () => {
  test("ranks by the median and says the middle half, the ends, mean and count", () => {
    const points = plan("response").points();
    expect(points.map((point) => point.label)).toEqual([
      "Xã Bà Nà",
      "Phường Hòa Khánh",
      "Phường Cẩm Lệ",
      "Phường An Khê",
      "Đặc khu Hoàng Sa",
    ]);
    expect(points[1]!.note).toBe(
      "Giữa 50%: 7,2–12,8\u00a0phút, Nhỏ nhất–lớn nhất: 4,1–24,5\u00a0phút, Trung bình: 10,6\u00a0phút, Phân vị 90: 16,9\u00a0phút, n = 41",
    );
    expect(points.at(-1)!.note).toContain("Không có số liệu");
  });
  test("one far value does not flatten all boxes: its whisker goes beyond, its number is written", () => {
    const drawn = plan("response");
    expect(texts(drawn)).toContain("→\u00a096,4");
    const [first] = drawn.points();
    // 17.8 of an axis that ends near 40, not near 100.
    expect(first!.x / context.width).toBeGreaterThan(0.4);
  });
  test("periods stand side by side in their order", () => {
    const xs = plan("responseMonths")
      .points()
      .map((point) => point.x);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(xs).toHaveLength(12);
  });
});

describe("choropleth", () => {
  test("is a ranking without shapes", () => {
    const { areas: _, ...without } = context;
    const { spec, frame } = shapeSamples["vaccination"]!;
    expect(chartPlan(spec, frame, without).pointing).toBe("y");
    expect(plan("vaccination").pointing).toBe("place");
  });
  test("has a point for every area, the highest first, the far one too", () => {
    const points = plan("vaccination").points();
    expect(points).toHaveLength(16);
    expect(points.at(-1)!.note).toBe("— Chưa đủ số liệu (40%)");
    expect(points.map((point) => point.label)).toContain("Đặc khu Hoàng Sa");
    const values = points.slice(0, -1).map((point) => Number.parseFloat(point.value.replace(",", ".")));
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  });
  test("says of each area whether the target is met, and whose the boundaries are", () => {
    const drawn = plan("vaccination");
    const notes = drawn.points().map((point) => point.note);
    expect(notes[0]).toBe("Mục tiêu ≥\u00a095: đạt");
    expect(notes.at(-2)).toBe("Mục tiêu ≥\u00a095: chưa đạt");
    expect(texts(drawn)).toContain("Ranh giới gần đúng");
  });
  test("islands far out do not shrink the map", () => {
    const { near, far } = splitFar(sampleAreas(16));
    expect([...far.keys()]).toEqual(["ward-hoang-sa"]);
    expect(near.size).toBe(16);
  });
  test("a shape with parts near and far is split", () => {
    const areas = sampleAreas(9);
    const both = [...areas.rings.get("area-0")!, ...areas.rings.get("ward-hoang-sa")!];
    const { near, far } = splitFar({ ...areas, rings: new Map([...areas.rings, ["city", both]]) });
    expect(near.get("city")).toHaveLength(1);
    expect(far.get("city")).toHaveLength(2);
  });
  test("shapes are read from GeoJSON by the id of the feature", () => {
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ];
    const read = areaShapes({
      features: [
        { id: "a", properties: { approximate: true }, geometry: { type: "Polygon", coordinates: [ring] } },
        { properties: { id: "b" }, geometry: { type: "MultiPolygon", coordinates: [[ring], [ring]] } },
        { id: "c", properties: {}, geometry: null },
      ],
    });
    expect([...read.rings].map(([id, rings]) => [id, rings.length])).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
    expect(read.approximate).toBe(true);
  });
});

describe("radar", () => {
  test("writes name and value at every axis", () => {
    const words = texts(plan("service")).join(" ");
    for (const part of ["Công khai, minh bạch", "Mức độ hài lòng", "75,9%", "78,5%"]) expect(words).toContain(part);
  });
  test("an axis of its own length is compared with its own end", () => {
    const points = plan("ownMaxima").points();
    expect(points.map((point) => point.value)).toEqual([
      "16,2/18\u00a0điểm",
      "18,4/20\u00a0điểm",
      "9,1/12\u00a0điểm",
      "7,7/10\u00a0điểm",
      "17,0/18\u00a0điểm",
    ]);
    // A missing score leaves the area open: nothing is filled.
    expect(elements(plan("ownMaxima")).filter((each) => each.type === "polygon")).toEqual([]);
  });
  test("more than two subjects are strips with a point each", () => {
    const points = plan("serviceMany").points();
    expect(points).toHaveLength(14 * 6);
    expect(new Set(points.map((point) => point.name)).size).toBe(14);
  });
});

describe("sankey", () => {
  test("names both ends, the value and its share", () => {
    expect(
      plan("waste")
        .points()
        .map((point) => `${point.label}: ${point.value} (${point.note})`),
    ).toEqual([
      "Rác thu gom → Đốt phát điện: 1.000\u00a0tấn/ngày (52%)",
      "Rác thu gom → Chôn lấp hợp vệ sinh: 684\u00a0tấn/ngày (36%)",
      "Rác thu gom → Tái chế: 142\u00a0tấn/ngày (7%)",
      "Rác thu gom → Ủ phân hữu cơ: 88\u00a0tấn/ngày (5%)",
    ]);
  });
  test("has at most 25 links, and nothing of the sum is lost", () => {
    const { frame } = shapeSamples["sharing"]!;
    const flows = frame.rows.flatMap(([from, to, value]) =>
      typeof value === "number" ? [{ from: String(from), to: String(to), value }] : [],
    );
    const whole = flows.reduce((all, flow) => all + flow.value, 0);
    const network = networkOf(flows, 5);
    expect(network.links.length).toBeLessThanOrEqual(25);
    expect(network.links.reduce((all, link) => all + link.value, 0)).toBe(whole);
    expect(plan("sharing").points().length).toBeLessThanOrEqual(25);
  });
  test("stages stand one behind the other; a circle puts every end on both sides", () => {
    const chain = networkOf(
      [
        { from: "a", to: "b", value: 3 },
        { from: "b", to: "c", value: 2 },
        { from: "a", to: "d", value: 1 },
      ],
      9,
    );
    expect(chain.nodes.map((node) => [node.id, node.level, node.value])).toEqual([
      ["a", 0, 4],
      ["b", 1, 3],
      ["c", 2, 2],
      ["d", 2, 1],
    ]);
    const circle = networkOf(
      [
        { from: "a", to: "b", value: 3 },
        { from: "b", to: "a", value: 2 },
      ],
      9,
    );
    expect(circle.levels).toBe(2);
    expect(circle.nodes).toHaveLength(4);
  });
  test("bars are as their values and no slot is lower than its label", () => {
    const network = networkOf(
      [
        { from: "a", to: "b", value: 90 },
        { from: "a", to: "c", value: 10 },
      ],
      9,
    );
    const places = placeNodes(network, () => 20, { top: 0, height: 200 }, 6)!;
    const [a, b, c] = ["a", "b", "c"].map((id) => places.get(network.nodes.find((node) => node.id === id)!)!);
    expect(b!.height / c!.height).toBeCloseTo(9, 6);
    expect(a!.height).toBeCloseTo(b!.height + c!.height, 6);
    const middles = [b!, c!].map((place) => place.top + place.height / 2).sort((x, y) => x - y);
    expect(middles[1]! - middles[0]!).toBeGreaterThanOrEqual(20);
    expect(placeNodes(network, () => 150, { top: 0, height: 200 }, 6)).toBeNull();
  });
  test("only zeros are not no data", () => {
    expect(plan("sankey zeros").points()[0]!.value).toBe("0,0\u00a0hồ sơ");
  });
});

describe("treemap", () => {
  test("areas are as the values, without overlap", () => {
    const values = [50, 20, 12, 8, 6, 3, 1];
    const rects = squarify(values, { left: 0, top: 0, width: 300, height: 200 });
    rects.forEach((rect, index) => expect(rect.width * rect.height).toBeCloseTo(values[index]! * 600, 4));
    for (const [index, a] of rects.entries())
      for (const b of rects.slice(index + 1)) {
        const across = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
        const down = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
        expect(Math.min(across, down)).toBeLessThan(1e-6);
      }
  });
  test("every part has a point with its share and group, those put together too", () => {
    const points = plan("feedback").points();
    expect(points).toHaveLength(12);
    const road = points.find((point) => point.label === "Đường hư hỏng, ổ gà")!;
    // 214 / 1238 = 17.3 %
    expect([road.value, road.name, road.note]).toEqual(["214\u00a0phiếu", "Hạ tầng đô thị", "17%"]);
  });
  test("says what was put together", () => {
    expect(texts(plan("feedback")).some((text) => /^\d+ mục khác: \d+ \(\d+%\)$/.test(text))).toBe(true);
  });
  test("writing is read on every tile", () => {
    for (const theme of ["light", "dark", "wall"] as const) {
      const drawn = elements(plan("feedback", { theme, ...(theme === "wall" ? { width: 1024, height: 600 } : {}) }));
      const tiles = drawn.filter((each) => each.type === "rect");
      for (const each of drawn.filter((one) => one.style.text?.includes("("))) {
        const { x, y } = each as unknown as { x: number; y: number };
        const under = tiles.findLast(({ shape }) => {
          const at = shape as { x: number; y: number; width: number; height: number };
          return x >= at.x && x <= at.x + at.width && y >= at.y && y <= at.y + at.height;
        });
        if (under) expect(contrast(under.style.fill!, each.style.fill!), each.style.text!).toBeGreaterThan(4.5);
      }
    }
  });
});

test("bands of the VN_AQI stand in the colours of its decision, what was not measured beside them, none of them as a rest", () => {
  const drawn = plan("bandDays", { lang: "en", width: 900 });
  for (const { name } of vnAqiBands) expect(texts(drawn)).toContain(name.en);
  expect(texts(drawn)).toContain("No data");
  expect(texts(drawn)).not.toContain("Other");
  const drawnFills = JSON.stringify(drawn.option);
  for (const { fill } of vnAqiBands.slice(0, 4)) expect(drawnFills).toContain(fill);
});

test("flags of beaches are drawn in their colours, whatever the theme", () => {
  const { spec, frame } = shapeSamples["bandDays"]!;
  const flags = ["green", "yellow", "red"];
  const rows = [9, 10].flatMap((month) => flags.map((flag, i) => [cityTime(2026, month, 1, 0, 0), flag, 60 - 20 * i]));
  for (const theme of ["light", "dark"] as const) {
    const drawn = chartPlan(spec, { ...frame, rows }, { ...context, theme });
    const fills = new Set(elements(drawn).map(({ style }) => style?.fill));
    for (const { fill } of Object.values(flagColors)) expect(fills).toContain(fill);
  }
});
