import type { Frame, FrameColumn } from "@ioc/contracts";
import { seededRandom } from "@ioc/testkit";
import type { AreaShapes, Position } from "../context.ts";
import { cityTime, day } from "../time.ts";
import { vnAqiBands } from "../tokens.ts";
import { column, frameOf, sampleNow, specOf, type Sample } from "./frame-parts.ts";

const random = seededRandom(11);
const month = { from: sampleNow - 30 * day, to: sampleNow };

/** Squares on a grid as areas `area-0`, `area-1`, …, and `ward-hoang-sa`, islands far out at sea. */
export function sampleAreas(count: number): AreaShapes {
  const side = Math.ceil(Math.sqrt(count));
  const square = (west: number, south: number, size: number): Position[] =>
    [
      [0, 0],
      [size, 0],
      [size, size],
      [0, size],
      [0, 0],
    ].map(([x, y]) => [west + x!, south + y!] as const);
  const rings = new Map<string, Position[][]>();
  for (let index = 0; index < count; index++) {
    const [x, y] = [index % side, Math.floor(index / side)];
    rings.set(`area-${index}`, [square(107.9 + (x * 0.5) / side, 15.9 + (y * 0.4) / side, 0.4 / side)]);
  }
  rings.set("ward-hoang-sa", [square(111.6, 16.5, 0.05), square(112.3, 16.8, 0.04)]);
  return { rings, approximate: true };
}

const hoursToClose: Sample = {
  spec: specOf(
    "histogram",
    "Phản ánh được xử lý trong bao lâu?",
    "How long does it take to close a report?",
    "Số phản ánh theo thời gian xử lý, 30 ngày qua",
    "Reports by time to close, past 30 days",
  ),
  frame: frameOf({
    statistic: "fb-resolution-time",
    columns: [
      column("class", "number", "x", "Thời gian xử lý", "Time to close", { unit: "h", decimals: 0 }),
      column("to", "number", undefined, "Đến", "To", { unit: "h", decimals: 0 }),
      column("value", "number", "value", "Phản ánh", "Reports", { unit: "{reports}", decimals: 0 }),
    ],
    rows: [0, 4, 8, 12, 24, 48, 72, 120].map((from, index, all) => [
      from,
      all[index + 1] ?? null,
      [42, 118, 164, 97, 61, 23, 9, 14][index]!,
    ]),
    value: 11.4,
    unit: "h",
    decimals: 1,
    window: month,
    synthetic: true,
  }),
};

const classNames: Record<string, Frame["columns"][number]["name"]> = {
  early: { vi: "Sớm trên 2 ngày", en: "Over 2 days early" },
  "on-time": { vi: "Đúng hạn", en: "On time" },
  late: { vi: "Trễ dưới 5 ngày", en: "Under 5 days late" },
  "very-late": { vi: "Trễ từ 5 ngày", en: "5 days late or more" },
};
const lateness: Sample = {
  spec: { ...hoursToClose.spec, title: { vi: "Hồ sơ sớm hay trễ?", en: "Are files early or late?" } },
  frame: frameOf({
    statistic: "dg-lateness",
    columns: [
      column("class", "text", "x", "Kết quả", "Result", { labels: classNames }),
      column("value", "number", "value", "Hồ sơ", "Files", { unit: "{files}", decimals: 0 }),
    ],
    rows: Object.keys(classNames).map((id, index) => [id, [312, 4105, null, 58][index]!]),
    unit: "{files}",
    decimals: 0,
    window: month,
  }),
};

const spreadColumns = (unit: string, decimals: number, first: FrameColumn): FrameColumn[] => [
  first,
  column("low", "number", "low", "Nhỏ nhất", "Lowest", { unit, decimals }),
  column("q1", "number", "q1", "Tứ phân vị 1", "First quartile", { unit, decimals }),
  column("value", "number", "value", "Trung vị", "Median", { unit, decimals }),
  column("q3", "number", "q3", "Tứ phân vị 3", "Third quartile", { unit, decimals }),
  column("high", "number", "high", "Lớn nhất", "Highest", { unit, decimals }),
  column("mean", "number", undefined, "Trung bình", "Mean", { unit, decimals }),
  column("p90", "number", undefined, "Phân vị 90", "90th percentile", { unit, decimals }),
  column("n", "number", undefined, "Số vụ", "Incidents", { unit: "{incidents}", decimals: 0 }),
];
const response: Sample = {
  spec: specOf(
    "boxplot",
    "Xe chữa cháy tới nơi sau bao lâu?",
    "How soon do fire engines arrive?",
    "Từ lúc báo đến lúc xe đầu tiên tới, 12 tháng",
    "From the call to the first engine, 12 months",
  ),
  frame: frameOf({
    statistic: "sf-fire-response",
    group: "district",
    columns: spreadColumns("min", 1, column("subject", "area", "x", "Khu vực", "Area")),
    rows: [
      ["ward-hoa-khanh", 4.1, 7.2, 9.4, 12.8, 24.5, 10.6, 16.9, 41],
      ["ward-an-khe", 3, 5.5, 6.9, 8.8, 13.2, 7.2, 10.4, 63],
      ["ward-cam-le", 3.8, 6.1, 8.2, 11, 96.4, 11.7, 14.2, 29],
      ["ward-ba-na", 11.2, 14.6, 17.8, 22.5, 31, 18.9, 27.3, 12],
      ["ward-hoang-sa", null, null, null, null, null, null, null, 0],
    ],
    value: 14.8,
    unit: "min",
    decimals: 1,
    target: { op: "<=", value: 15, basis: "project", source: "x", of: "p90" },
    targetMet: true,
    figures: [{ id: "p90", name: { vi: "Phân vị 90", en: "90th percentile" }, value: 14.8, unit: "min", decimals: 1 }],
    window: month,
  }),
};
const months = Array.from({ length: 12 }, (_, index) => cityTime(2025, 11 + index));
const responseMonths: Sample = {
  spec: response.spec,
  frame: frameOf({
    ...response.frame,
    group: "city",
    columns: spreadColumns("min", 1, column("time", "time", "x", "Tháng", "Month")),
    rows: months.map((time, index) => {
      if (index === 4) return [time, null, null, null, null, null, null, null, 0];
      const median = 7 + 2 * Math.sin(index) + random();
      return [
        time,
        median - 4,
        median - 1.8,
        median,
        median + 2.4,
        median + 9 + 3 * random(),
        median + 0.4,
        median + 5,
        20 + index,
      ];
    }),
    window: { from: months[0]!, to: sampleNow },
  }),
};

const vaccination: Sample = {
  spec: specOf(
    "choropleth",
    "Nơi nào trẻ em được tiêm chủng đầy đủ?",
    "Where are children fully vaccinated?",
    "Tỷ lệ trẻ dưới 1 tuổi tiêm đủ theo phường, xã",
    "Fully vaccinated infants by ward",
  ),
  frame: frameOf({
    statistic: "he-vaccination",
    group: "ward",
    columns: [
      column("subject", "area", "x", "Phường, xã", "Ward"),
      column("value", "number", "value", "Tỷ lệ", "Share", { unit: "%", decimals: 1 }),
      column("coverage", "number", "coverage"),
      column("status", "text", "status"),
    ],
    rows: [
      ...Array.from({ length: 15 }, (_, index) =>
        index === 6
          ? [`area-${index}`, null, 0.4, "insufficient"]
          : [`area-${index}`, Math.round((82 + 17 * random()) * 10) / 10, 1, "ok"],
      ),
      ["ward-hoang-sa", 88.9, 1, "ok"],
    ],
    value: 93.4,
    unit: "%",
    decimals: 1,
    target: { op: ">=", value: 95, basis: "project", source: "x" },
    targetMet: false,
    window: month,
  }),
};

const components: Record<string, FrameColumn["name"]> = {
  transparency: { vi: "Công khai, minh bạch", en: "Transparency" },
  progress: { vi: "Tiến độ giải quyết", en: "Progress" },
  online: { vi: "Cung cấp dịch vụ trực tuyến", en: "Online services" },
  digital: { vi: "Số hóa hồ sơ, kết quả", en: "Digitised files" },
  payment: { vi: "Thanh toán trực tuyến", en: "Online payment" },
  satisfaction: { vi: "Mức độ hài lòng", en: "Satisfaction" },
};
const scoreRows = (subject: string[], shift: number): (string | number | null)[][] =>
  Object.keys(components).map((id, index) => [
    id,
    ...subject,
    Math.min(100, Math.round((72 + 26 * Math.sin(index * 1.7 + shift) ** 2) * 10) / 10),
  ]);
const service: Sample = {
  spec: specOf(
    "radar",
    "Cơ quan phục vụ người dân tốt ở mặt nào?",
    "Which parts of the service are good?",
    "Điểm sáu thành phần, phần trăm của điểm tối đa",
    "Six components, percent of the highest score",
  ),
  frame: frameOf({
    statistic: "dg-service-index",
    columns: [
      column("axis", "text", "x", "Thành phần", "Component", { labels: components }),
      column("value", "number", "value", "Điểm", "Score", { unit: "%", decimals: 1 }),
    ],
    rows: scoreRows([], 0.4),
    value: 86.2,
    unit: "{points}",
    decimals: 1,
    window: month,
  }),
};
const pairColumns = [service.frame.columns[0]!, column("subject", "text", "series"), service.frame.columns[1]!];
const servicePair: Sample = {
  spec: service.spec,
  frame: frameOf({
    ...service.frame,
    columns: pairColumns,
    rows: [...scoreRows(["agency-3"], 0.4), ...scoreRows(["agency-5"], 1.1)],
    unit: "%",
    target: { op: ">=", value: 90, basis: "project", source: "x" },
    targetMet: false,
  }),
};
const serviceMany: Sample = {
  spec: service.spec,
  frame: frameOf({
    ...service.frame,
    group: "agency",
    columns: pairColumns,
    rows: Array.from({ length: 14 }, (_, index) => scoreRows([`agency-${index}`], index * 0.37)).flat(),
  }),
};
const ownMaxima: Sample = {
  spec: service.spec,
  frame: frameOf({
    ...service.frame,
    statistic: "dg-service-points",
    columns: [
      service.frame.columns[0]!,
      column("value", "number", "value", "Điểm", "Score", { unit: "{points}", decimals: 1 }),
      column("max", "number", "max", "Tối đa", "Highest", { unit: "{points}", decimals: 0 }),
    ],
    rows: Object.keys(components).map((id, index) => [
      id,
      index === 3 ? null : [16.2, 18.4, 9.1, 0, 7.7, 17][index]!,
      [18, 20, 12, 22, 10, 18][index]!,
    ]),
  }),
};

const treatments: Record<string, FrameColumn["name"]> = {
  collected: { vi: "Rác thu gom", en: "Collected waste" },
  recycled: { vi: "Tái chế", en: "Recycled" },
  composted: { vi: "Ủ phân hữu cơ", en: "Composted" },
  incinerated: { vi: "Đốt phát điện", en: "Incinerated for power" },
  landfilled: { vi: "Chôn lấp hợp vệ sinh", en: "Landfilled" },
};
const waste: Sample = {
  spec: specOf(
    "sankey",
    "Rác của thành phố đi về đâu?",
    "Where does the city's waste go?",
    "Khối lượng mỗi ngày",
    "Mass a day",
  ),
  frame: frameOf({
    statistic: "ur-waste",
    columns: [
      column("from", "text", "from", "Từ", "From", { labels: treatments }),
      column("to", "text", "to", "Đến", "To", { labels: treatments }),
      column("value", "number", "value", "Khối lượng", "Mass", { unit: "t/d", decimals: 0 }),
    ],
    rows: [
      ["collected", "recycled", 142],
      ["collected", "composted", 88],
      ["collected", "incinerated", 1000],
      ["collected", "landfilled", 684],
    ],
    value: 1914,
    unit: "t/d",
    decimals: 0,
    window: month,
  }),
};
const sharing: Sample = {
  spec: specOf(
    "sankey",
    "Cơ quan nào chia sẻ dữ liệu cho ai?",
    "Which agencies share data with whom?",
    "Lượt yêu cầu dữ liệu trong tháng",
    "Data requests of the month",
  ),
  frame: frameOf({
    statistic: "od-sharing-flows",
    columns: [
      column("from", "text", "from", "Bên cung cấp", "Provider"),
      column("to", "text", "to", "Bên khai thác", "Consumer"),
      column("value", "number", "value", "Yêu cầu", "Requests", { unit: "{requests}", decimals: 0 }),
    ],
    rows: Array.from({ length: 60 }, (_, index) => [
      `agency-${index % 11}`,
      `agency-${(index * 7 + 3) % 13}`,
      index % 9 === 4 ? null : Math.round(18_000 * random() ** 3) + 12,
    ]),
    unit: "{requests}",
    decimals: 0,
    window: month,
  }),
};
const stages: Sample = {
  spec: waste.spec,
  frame: frameOf({
    ...waste.frame,
    statistic: "ur-waste-stages",
    columns: waste.frame.columns.map((each) =>
      each.id === "value" ? each : column(each.id, "text", each.role, each.name.vi, each.name.en),
    ),
    rows: [
      ["Hộ gia đình", "Trạm trung chuyển Hòa Khánh", 820],
      ["Chợ, siêu thị", "Trạm trung chuyển Hòa Khánh", 310],
      ["Chợ, siêu thị", "Thu gom trực tiếp", 120],
      ["Cơ sở sản xuất", "Thu gom trực tiếp", 260],
      ["Trạm trung chuyển Hòa Khánh", "Nhà máy đốt rác Khánh Sơn", 700],
      ["Trạm trung chuyển Hòa Khánh", "Bãi chôn lấp Khánh Sơn", 430],
      ["Thu gom trực tiếp", "Cơ sở tái chế", 150],
      ["Thu gom trực tiếp", "Bãi chôn lấp Khánh Sơn", 230],
    ],
  }),
};

const themes: [string, string, number][] = [
  ["Hạ tầng đô thị", "Đường hư hỏng, ổ gà", 214],
  ["Hạ tầng đô thị", "Thoát nước, ngập cục bộ", 176],
  ["Hạ tầng đô thị", "Chiếu sáng công cộng", 131],
  ["Hạ tầng đô thị", "Cây xanh ngã đổ", 48],
  ["Môi trường", "Rác thải không thu gom đúng giờ", 188],
  ["Môi trường", "Tiếng ồn karaoke", 143],
  ["Môi trường", "Khói, bụi công trường", 64],
  ["Trật tự đô thị", "Lấn chiếm vỉa hè", 97],
  ["Trật tự đô thị", "Đậu xe sai quy định", 121],
  ["Dịch vụ công", "Thủ tục đất đai chậm", 39],
  ["Dịch vụ công", "Thái độ phục vụ", 12],
  ["Khác", "Khác", 5],
];
const feedback: Sample = {
  spec: specOf(
    "treemap",
    "Người dân phản ánh nhiều nhất về việc gì?",
    "What do people report most?",
    "Số phản ánh theo lĩnh vực, 30 ngày qua",
    "Reports by subject, past 30 days",
  ),
  frame: frameOf({
    statistic: "fb-categories",
    group: "category",
    columns: [
      column("subject", "text", "x", "Vấn đề", "Subject"),
      column("parent", "text", "parent", "Lĩnh vực", "Field"),
      column("value", "number", "value", "Phản ánh", "Reports", { unit: "{tickets}", decimals: 0 }),
    ],
    rows: themes.map(([parent, subject, value]) => [subject, parent, value]),
    value: 1238,
    unit: "{tickets}",
    decimals: 0,
    window: month,
    synthetic: true,
  }),
};
const countries = [
  "Hàn Quốc",
  "Ấn Độ",
  "Trung Quốc",
  "Nhật Bản",
  "Đài Loan",
  "Thái Lan",
  "Hoa Kỳ",
  "Úc",
  "Ma-lai-xi-a",
  "Xin-ga-po",
];
const markets: Sample = {
  spec: specOf(
    "treemap",
    "Khách quốc tế đến từ đâu?",
    "Where do visitors come from?",
    "Tỷ trọng khách 12 tháng",
    "Share of visitors, 12 months",
  ),
  frame: frameOf({
    statistic: "to-source-markets",
    group: "country",
    columns: [
      column("subject", "text", "x", "Nước", "Country"),
      column("value", "number", "value", "Tỷ trọng", "Share", { unit: "%", decimals: 1 }),
    ],
    rows: countries.map((country, index) => [country, [38.2, 14.1, 11.6, 8.4, 7.7, 6.1, 4.9, 3.6, 3.1, 2.3][index]!]),
    unit: "%",
    decimals: 1,
    window: { from: sampleNow - 365 * day, to: sampleNow },
  }),
};

const bands = ["good", "moderate", "poor", "unhealthy", "very-unhealthy", "hazardous", "unknown"];
/** Days of six months by band; in the first two nothing was measured yet. */
const bandDays: Sample = {
  spec: specOf(
    "stacked-bar",
    "Mỗi tháng có bao nhiêu ngày không khí tốt?",
    "How many days of each month had good air?",
    "Số ngày theo mức VN_AQI",
    "Days by VN_AQI band",
  ),
  frame: frameOf({
    statistic: "air-aqi-band-days",
    columns: [
      column("time", "time", "x"),
      column("class", "text", "series", "Mức VN_AQI", "VN_AQI band", {
        labels: Object.fromEntries([
          ...vnAqiBands.map(({ id, name }) => [id, name]),
          ["unknown", { vi: "Không có số liệu", en: "No data" }],
        ]),
      }),
      column("value", "number", "value", "Số ngày", "Days", { unit: "d", decimals: 0 }),
    ],
    rows: [5, 6, 7, 8, 9, 10].flatMap((month, index) =>
      bands.map((band, order) => [
        cityTime(2026, month, 1, 0, 0),
        band,
        index < 2 ? null : ([17, 9, 3, 1, 0, 0, 1][order] ?? null),
      ]),
    ),
    value: 4,
    previous: null,
    unit: "d",
    decimals: 0,
  }),
};

export const shapeSamples: Record<string, Sample> = {
  bandDays,
  hoursToClose,
  lateness,
  response,
  responseMonths,
  vaccination,
  service,
  servicePair,
  serviceMany,
  ownMaxima,
  waste,
  sharing,
  stages,
  feedback,
  markets,
};
