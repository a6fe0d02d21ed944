import type { Basis, Lang } from "@ioc/contracts";

const texts = {
  vi: {
    source: "Nguồn",
    updated: "Cập nhật",
    valid: "hợp lệ",
    insufficient: "Chưa đủ số liệu",
    insufficientLong: (share: string) => `Chưa đủ số liệu: ${share} giá trị hợp lệ.`,
    tooShort: "Chưa đủ số liệu cho cả khoảng thời gian này.",
    empty: "Không có số liệu trong khoảng này.",
    error: "Chưa tính được số liệu này. Hệ thống sẽ thử lại.",
    gap: "Mất dữ\u00a0liệu",
    now: "Bây giờ",
    forecast: "Dự báo",
    plan: "Kế hoạch",
    goal: "Mục tiêu",
    usual: "Thường lệ",
    unfinished: "chưa trọn",
    noData: "Không có số liệu",
    others: (count: string) => `và ${count} mục nữa`,
    rest: "Khác",
    calm: "Lặng gió",
    doubtful: "Nghi ngờ",
    bad: "Sai",
    range: "Khoảng",
    lowest: "thấp nhất",
    highest: "cao nhất",
    hour: "Giờ",
    median: "Trung vị",
    middleHalf: "Giữa 50%",
    wholeRange: "Nhỏ nhất–lớn nhất",
    met: "đạt",
    notMet: "chưa đạt",
    synthetic: "Số liệu mô phỏng",
    total: "Tổng",
    approximate: "Ranh giới gần đúng",
    profiles: (count: string) => `Mỗi vạch là một trong ${count} nơi`,
    more: (count: string) => `${count} mục khác`,
  },
  en: {
    source: "Source",
    updated: "Updated",
    valid: "valid",
    insufficient: "Insufficient data",
    insufficientLong: (share: string) => `Insufficient data: ${share} of values valid.`,
    tooShort: "Not enough data for the whole of this period yet.",
    empty: "No data in this range.",
    error: "This figure could not be computed. The system will try again.",
    gap: "Data gap",
    now: "Now",
    forecast: "Forecast",
    plan: "Plan",
    goal: "Target",
    usual: "Usual",
    unfinished: "unfinished",
    noData: "No data",
    others: (count: string) => `and ${count} more`,
    rest: "Other",
    calm: "Calm",
    doubtful: "Doubtful",
    bad: "Bad",
    range: "Range",
    lowest: "lowest",
    highest: "highest",
    hour: "Hour",
    median: "Median",
    middleHalf: "Middle 50%",
    wholeRange: "Lowest–highest",
    met: "met",
    notMet: "not met",
    synthetic: "Simulated data",
    total: "Total",
    approximate: "Approximate boundaries",
    profiles: (count: string) => `Each tick is one of ${count}`,
    more: (count: string) => `${count} others`,
  },
} as const;

/** Words that stand inside a drawing. The server draws without the interface's catalogue, so they live here. */
export function words(lang: Lang): (typeof texts)["vi"] | (typeof texts)["en"] {
  return texts[lang];
}

const bases: Record<Lang, Record<Basis, string>> = {
  vi: { official: "chính thức", operational: "vận hành", borrowed: "tham khảo", project: "thiết lập" },
  en: { official: "official", operational: "operational", borrowed: "borrowed", project: "project setting" },
};
export function basisWord(basis: Basis, lang: Lang): string {
  return bases[lang][basis];
}

const compass = {
  vi: ["B", "BĐB", "ĐB", "ĐĐB", "Đ", "ĐĐN", "ĐN", "NĐN", "N", "NTN", "TN", "TTN", "T", "TTB", "TB", "BTB"],
  en: ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"],
} as const;
/** Name of one of the 16 directions, 0 = north, clockwise. */
export function compassName(sector: number, lang: Lang): string {
  return compass[lang][((Math.round(sector) % 16) + 16) % 16]!;
}

const codeNames: Record<string, { vi: string; en: string }> = {
  pm25: { vi: "PM2.5", en: "PM2.5" },
  pm10: { vi: "PM10", en: "PM10" },
  o3: { vi: "O3", en: "O3" },
  no2: { vi: "NO2", en: "NO2" },
  so2: { vi: "SO2", en: "SO2" },
  co: { vi: "CO", en: "CO" },
  calm: { vi: "Lặng gió", en: "Calm" },
  dry: { vi: "Khô", en: "Dry" },
  unknown: { vi: "Không rõ", en: "Unknown" },
  ok: { vi: "Đủ số liệu", en: "OK" },
  insufficient: { vi: "Chưa đủ số liệu", en: "Insufficient data" },
  empty: { vi: "Không có số liệu", en: "No data" },
  error: { vi: "Lỗi", en: "Error" },
  partial: { vi: "Chưa trọn", en: "Unfinished" },
  forecast: { vi: "Dự báo", en: "Forecast" },
  other: { vi: "Khác", en: "Other" },
};

/** Words of a code in a frame: a known word, or a class of numbers (`>=0.50`, `2-4`) in the writing of the language. */
export function codeText(code: string, lang: Lang): string {
  const known = codeNames[code];
  if (known) return known[lang];
  if (!/^(?:[<>]=?)?\d+(?:\.\d+)?(?:-\d+(?:\.\d+)?)?$/.test(code)) return code;
  const written = code
    .replace(">=", "≥\u00a0")
    .replace("<=", "≤\u00a0")
    .replace(/^([<>])(?=\d)/, "$1\u00a0")
    .replace("-", "–");
  return lang === "vi" ? written.replaceAll(".", ",") : written;
}
