import { subjectParts } from "@ioc/contracts";
import type { FrameColumn, Grouping, LocalizedText } from "@ioc/contracts";
import type { Grid } from "../grid.ts";
import { byColumn } from "../view.ts";

const places = {
  station: { vi: "Trạm", en: "Station" },
  kind: { vi: "Loại trạm", en: "Station kind" },
  area: { vi: "Địa bàn", en: "Area" },
  other: { vi: "Nhóm", en: "Group" },
} satisfies Record<string, LocalizedText>;

/** What the columns that rows are grouped by are called. */
const groupNames: Readonly<Record<string, LocalizedText>> = {
  agency: { vi: "Cơ quan", en: "Agency" },
  owner_agency: { vi: "Chủ đầu tư", en: "Owner" },
  route_id: { vi: "Tuyến", en: "Route" },
  facility_id: { vi: "Cơ sở y tế", en: "Health facility" },
  beach_id: { vi: "Bãi biển", en: "Beach" },
  plant_id: { vi: "Nhà máy", en: "Plant" },
  zone_id: { vi: "Vùng cấp nước", en: "Supply zone" },
  water_body: { vi: "Thủy vực", en: "Water body" },
  sector: { vi: "Ngành", en: "Sector" },
  service: { vi: "Dịch vụ", en: "Service" },
  data_service: { vi: "Dịch vụ dữ liệu", en: "Data service" },
  service_code: { vi: "Thủ tục", en: "Procedure" },
  disease: { vi: "Bệnh", en: "Disease" },
  vaccine: { vi: "Vắc xin", en: "Vaccine" },
  level: { vi: "Cấp", en: "Level" },
  subject: { vi: "Môn", en: "Subject" },
  type: { vi: "Loại", en: "Type" },
  hazard: { vi: "Loại thiên tai", en: "Hazard" },
  event_id: { vi: "Đợt thiên tai", en: "Event" },
  category: { vi: "Lĩnh vực", en: "Category" },
  channel: { vi: "Kênh", en: "Channel" },
  source: { vi: "Nguồn thu", en: "Source" },
  country: { vi: "Quốc gia", en: "Country" },
  pillar: { vi: "Trụ cột", en: "Pillar" },
  severity: { vi: "Mức độ", en: "Severity" },
  provider: { vi: "Bên cung cấp", en: "Provider" },
  consumer_kind: { vi: "Bên sử dụng", en: "Consumer" },
  feed_id: { vi: "Nguồn dữ liệu", en: "Feed" },
  rule_id: { vi: "Quy tắc", en: "Rule" },
  target: { vi: "Chỉ tiêu", en: "Target" },
  group: { vi: "Nhóm dữ liệu", en: "Data group" },
};

/** The column that says who a row is about; names of codes come with it. */
export function subjectColumn(group: Grouping, role: "x" | "y" | "series", grid: Grid): FrameColumn {
  if (group === "station") return { id: "subject", name: places.station, type: "station", role };
  if (group === "kind") return { id: "subject", name: places.kind, type: "text", role };
  if (!byColumn(group)) return { id: "subject", name: places.area, type: "area", role };
  const column: FrameColumn = { id: "subject", name: groupNames[group] ?? places.other, type: "text", role };
  const ids = grid.items ? grid.ids.map((id) => subjectParts(id).place) : grid.ids;
  return withLabels(column, ids, grid.names?.["subject"]);
}

function withLabels(
  column: FrameColumn,
  ids: readonly string[],
  names: Readonly<Record<string, LocalizedText>> | undefined,
): FrameColumn {
  if (!names) return column;
  return { ...column, labels: Object.fromEntries(ids.flatMap((id) => (names[id] ? [[id, names[id]]] : []))) };
}

/** The columns that say who a row of a table is about: the place, and the item of it where the rows are by item. */
export function subjectColumns(group: Grouping, role: "x" | "y" | "series", grid: Grid): FrameColumn[] {
  const place = subjectColumn(group, role, grid);
  if (!grid.items) return [place];
  const { column, names } = grid.items;
  const items = grid.ids.map((id) => subjectParts(id).item ?? "");
  return [place, withLabels({ id: "item", name: groupNames[column] ?? places.other, type: "text" }, items, names)];
}

/** Cells of a subject in those columns. */
export function subjectCells(id: string, grid: Grid): (string | null)[] {
  if (!grid.items) return [id];
  const { place, item } = subjectParts(id);
  return [place, item];
}
