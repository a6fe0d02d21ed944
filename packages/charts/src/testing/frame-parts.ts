import type { ChartSpec, Frame, FrameColumn } from "@ioc/contracts";
import { cityTime, hour } from "../time.ts";

/** A frame and what it is drawn as. */
export interface Sample {
  spec: ChartSpec;
  frame: Frame;
}

export const sampleNow = cityTime(2026, 10, 22, 9, 0);

const names: Record<string, string> = {
  "rl-cam-le": "Trạm thủy văn Cẩm Lệ",
  "rl-ai-nghia": "Trạm thủy văn Ái Nghĩa",
  "rl-giao-thuy": "Trạm thủy văn Giao Thủy",
  "aq-hai-chau": "Trạm không khí Hải Châu",
  "aq-lien-chieu": "Trạm không khí KCN Liên Chiểu",
  "aq-ngu-hanh-son": "Trạm không khí Ngũ Hành Sơn",
  "ward-hoa-khanh": "Phường Hòa Khánh",
  "ward-an-khe": "Phường An Khê",
  "ward-cam-le": "Phường Cẩm Lệ",
  "ward-ba-na": "Xã Bà Nà",
  "ward-hoang-sa": "Đặc khu Hoàng Sa",
  "rs-dak-mi-4": "Hồ Đắk Mi 4",
  "rs-song-tranh-2": "Hồ Sông Tranh 2",
  "rs-a-vuong": "Hồ A Vương",
  "kind-rain-gauge": "Trạm đo mưa tự động",
  "kind-street-flood": "Cảm biến ngập đường phố",
  "kind-air-quality": "Trạm quan trắc không khí",
};
const parts = [
  "Hòa Khánh",
  "An Khê",
  "Cẩm Lệ",
  "Ngũ Hành Sơn",
  "Điện Bàn Đông",
  "Thượng Đức",
  "Quế Sơn Trung",
  "Tam Kỳ",
];
/** Name of an id; `area-12`, `agency-3` have long names that all differ. */
export function sampleName(id: string): string {
  const [, kind, number] = /^(area|agency|station)-(\d+)$/.exec(id) ?? [];
  if (kind === undefined) return names[id] ?? id;
  const at = Number(number);
  const place = `${parts[at % parts.length]!}${at < parts.length ? "" : ` ${Math.floor(at / parts.length) + 1}`}`;
  if (kind === "area") return `Phường ${place}`;
  return kind === "agency" ? `Ủy ban nhân dân phường ${place}` : `Trạm quan trắc tự động ${place} (sông Vu Gia)`;
}

export function column(
  id: string,
  type: FrameColumn["type"],
  role?: FrameColumn["role"],
  vi = id,
  en = id,
  more: Partial<FrameColumn> = {},
): FrameColumn {
  return { id, name: { vi, en }, type, ...(role ? { role } : {}), ...more };
}

export function frameOf(
  part: Partial<Frame> & Pick<Frame, "statistic" | "columns" | "rows" | "unit" | "decimals">,
): Frame {
  return {
    version: 1,
    group: "city",
    subject: null,
    value: null,
    previous: null,
    asOf: sampleNow,
    window: { from: sampleNow - 24 * hour, to: sampleNow },
    coverage: 0.97,
    status: "ok",
    quality: "good",
    synthetic: false,
    targetMet: null,
    figures: [],
    error: null,
    thresholds: [],
    target: null,
    finding: null,
    computedAt: sampleNow,
    ...part,
  };
}

export function specOf(kind: ChartSpec["kind"], vi: string, en: string, subVi: string, subEn: string): ChartSpec {
  return {
    kind,
    title: { vi, en },
    subtitle: { vi: subVi, en: subEn },
    source: { vi: "Mạng trạm quan trắc thành phố (mô phỏng)", en: "City monitoring network (simulated)" },
  };
}
