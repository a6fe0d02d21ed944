import type { LocalizedText, ObservedProperty } from "@ioc/contracts";
import type { Column } from "./collection.ts";

const quality: LocalizedText = {
  vi: "1 tốt, 2 chưa kiểm tra, 3 nghi ngờ, 4 xấu, 9 thiếu",
  en: "1 good, 2 not checked, 3 doubtful, 4 bad, 9 missing",
};
const states = "normal, late, stale, offline, maintenance, doubtful, unknown";
const positions = "published, approximate, invented";
const levels = "city, district, ward";

function column(name: string, type: Column["type"], vi: string, en: string): Column {
  return { name, type, title: { vi, en } };
}

function coded(column: Column, codes: LocalizedText | string): Column {
  return { ...column, note: typeof codes === "string" ? { vi: codes, en: codes } : codes };
}

/** Properties of every station, whichever collection it is met in. */
export const stationColumns: readonly Column[] = [
  column("name_vi", "string", "tên", "name in Vietnamese"),
  column("name_en", "string", "tên tiếng Anh", "name"),
  column("kind", "string", "mã loại trạm", "id of the station kind"),
  column("kind_name_vi", "string", "loại trạm", "station kind in Vietnamese"),
  column("kind_name_en", "string", "loại trạm (tiếng Anh)", "station kind"),
  column("owner", "string", "mã đơn vị quản lý", "id of the agency that owns it"),
  coded(column("state", "string", "tình trạng", "state"), states),
  column("severity", "string", "cấp cảnh báo cao nhất", "worst severity of its own open alerts"),
  column("open_alerts", "integer", "số cảnh báo đang mở", "open alerts"),
  {
    ...column("time", "string", "thời điểm số đo mới nhất", "time of the newest reading of any property"),
    isTime: true,
  },
  column("area", "string", "mã đơn vị hành chính nhỏ nhất", "id of the narrowest administrative unit"),
  coded(column("position", "string", "độ tin cậy của vị trí", "quality of the position"), positions),
  coded(column("basis", "string", "trạm có thật hay giả định", "real or assumed station"), "real, plausible"),
];

/** The newest value of the property that a map shows for the kind. */
export const primaryColumns: readonly Column[] = [
  column("property", "string", "mã đại lượng chính", "id of the primary property"),
  column("property_name_vi", "string", "đại lượng chính", "primary property in Vietnamese"),
  column("property_name_en", "string", "đại lượng chính (tiếng Anh)", "primary property"),
  column("value", "number", "giá trị mới nhất", "newest value"),
  column("unit", "string", "đơn vị đo (UCUM)", "unit of the value (UCUM)"),
  coded(column("quality", "integer", "chất lượng giá trị", "quality of the value"), quality),
];

/** Id and name of the administrative unit of one level. */
export function levelColumns(level: string): Column[] {
  const names: Readonly<Record<string, LocalizedText>> = {
    district: { vi: "quận, huyện", en: "district" },
    ward: { vi: "phường, xã", en: "ward or commune" },
  };
  const name = names[level] ?? { vi: level, en: level };
  return [
    column(level, "string", `mã ${name.vi}`, `id of the ${name.en}`),
    column(`${level}_name_vi`, "string", name.vi, `${name.en} in Vietnamese`),
    column(`${level}_name_en`, "string", `${name.vi} (tiếng Anh)`, name.en),
  ];
}

/** Newest value of a property, its time and its quality; `name` is that of the value. */
export function valueColumns(name: string, property: ObservedProperty): Column[] {
  const { vi, en } = property.name;
  return [
    { ...column(name, "number", vi, en), unit: property.unit },
    { ...column(`${name}_time`, "string", `${vi}: thời điểm đo`, `${en}: time`), isTime: true },
    coded(column(`${name}_quality`, "integer", `${vi}: chất lượng`, `${en}: quality`), quality),
  ];
}

export const areaColumns: readonly Column[] = [
  column("name_vi", "string", "tên", "name in Vietnamese"),
  column("name_en", "string", "tên tiếng Anh", "name"),
  column("type_vi", "string", "loại đơn vị", "type in Vietnamese"),
  column("type_en", "string", "loại đơn vị (tiếng Anh)", "type"),
  coded(column("level", "string", "cấp", "level"), levels),
  column("parent", "string", "mã đơn vị cấp trên", "id of the unit above"),
  { ...column("area_km2", "number", "diện tích", "area"), unit: "km2" },
  column("population", "integer", "dân số", "population"),
  column("population_basis", "string", "nguồn số liệu dân số", "basis of the population"),
  column("approximate", "boolean", "ranh giới gần đúng", "approximate boundary"),
  column("scheme", "string", "bộ đơn vị hành chính", "set of administrative units"),
  column("valid_from", "string", "có hiệu lực từ", "valid from"),
  column("valid_to", "string", "có hiệu lực đến", "valid to"),
];
