import type { Lang } from "@ioc/contracts";

interface UnitText {
  vi: string;
  en: string;
  /** English form for exactly one. */
  one?: string;
  /** Read aloud, where the short form would be spelled out wrongly. */
  spoken?: { vi: string; en: string };
  /** Written without a space after the number. */
  tight?: true;
  /** English currency form: before the number, with the rest after it. */
  before?: { en: string; after: string };
}

const none: UnitText = { vi: "", en: "" };

/** Display form of UCUM codes. Codes made of these by `/` and `.` need no entry of their own. */
const units: Record<string, UnitText> = {
  "1": none,
  "{index}": none,
  "{score}": none,
  "[pH]": none,
  "%": { vi: "%", en: "%", tight: true, spoken: { vi: "phần trăm", en: "per cent" } },
  deg: { vi: "°", en: "°", tight: true, spoken: { vi: "độ", en: "degrees" } },
  Cel: { vi: "°C", en: "°C", spoken: { vi: "độ C", en: "degrees Celsius" } },
  m: { vi: "m", en: "m", spoken: { vi: "mét", en: "metres" } },
  mm: { vi: "mm", en: "mm", spoken: { vi: "mi-li-mét", en: "millimetres" } },
  cm: { vi: "cm", en: "cm", spoken: { vi: "xăng-ti-mét", en: "centimetres" } },
  km: { vi: "km", en: "km", spoken: { vi: "ki-lô-mét", en: "kilometres" } },
  m2: { vi: "m²", en: "m²", spoken: { vi: "mét vuông", en: "square metres" } },
  km2: { vi: "km²", en: "km²", spoken: { vi: "ki-lô-mét vuông", en: "square kilometres" } },
  har: { vi: "ha", en: "ha", spoken: { vi: "héc-ta", en: "hectares" } },
  m3: { vi: "m³", en: "m³", spoken: { vi: "mét khối", en: "cubic metres" } },
  "10*6.m3": { vi: "triệu m³", en: "million m³", spoken: { vi: "triệu mét khối", en: "million cubic metres" } },
  L: { vi: "L", en: "L", spoken: { vi: "lít", en: "litres" } },
  g: { vi: "g", en: "g", spoken: { vi: "gam", en: "grams" } },
  mg: { vi: "mg", en: "mg", spoken: { vi: "mi-li-gam", en: "milligrams" } },
  ug: { vi: "µg", en: "µg", spoken: { vi: "mi-crô-gam", en: "micrograms" } },
  kg: { vi: "kg", en: "kg", spoken: { vi: "ki-lô-gam", en: "kilograms" } },
  t: { vi: "tấn", en: "t", spoken: { vi: "tấn", en: "tonnes" } },
  s: { vi: "giây", en: "s", spoken: { vi: "giây", en: "seconds" } },
  min: { vi: "phút", en: "min", spoken: { vi: "phút", en: "minutes" } },
  h: { vi: "giờ", en: "h", spoken: { vi: "giờ", en: "hours" } },
  d: { vi: "ngày", en: "days", one: "day" },
  wk: { vi: "tuần", en: "weeks", one: "week" },
  mo: { vi: "tháng", en: "months", one: "month" },
  a: { vi: "năm", en: "years", one: "year" },
  V: { vi: "V", en: "V", spoken: { vi: "vôn", en: "volts" } },
  A: { vi: "A", en: "A", spoken: { vi: "am-pe", en: "amperes" } },
  W: { vi: "W", en: "W", spoken: { vi: "oát", en: "watts" } },
  kW: { vi: "kW", en: "kW", spoken: { vi: "ki-lô-oát", en: "kilowatts" } },
  MW: { vi: "MW", en: "MW", spoken: { vi: "mê-ga-oát", en: "megawatts" } },
  "kW.h": { vi: "kWh", en: "kWh", spoken: { vi: "ki-lô-oát giờ", en: "kilowatt-hours" } },
  "MW.h": { vi: "MWh", en: "MWh", spoken: { vi: "mê-ga-oát giờ", en: "megawatt-hours" } },
  Hz: { vi: "Hz", en: "Hz", spoken: { vi: "héc", en: "hertz" } },
  hPa: { vi: "hPa", en: "hPa", spoken: { vi: "héc-tô-pát-can", en: "hectopascals" } },
  kPa: { vi: "kPa", en: "kPa", spoken: { vi: "ki-lô-pát-can", en: "kilopascals" } },
  bar: { vi: "bar", en: "bar" },
  "dB[SPL]": { vi: "dBA", en: "dBA", spoken: { vi: "đề-xi-ben A", en: "A-weighted decibels" } },
  uS: { vi: "µS", en: "µS", spoken: { vi: "mi-crô-si-men", en: "microsiemens" } },
  "[ppm]": { vi: "ppm", en: "ppm", spoken: { vi: "phần triệu", en: "parts per million" } },
  "[ppth]": { vi: "‰", en: "‰", tight: true, spoken: { vi: "phần nghìn", en: "per mille" } },
  "{NTU}": { vi: "NTU", en: "NTU" },
  "{MPN}": { vi: "MPN", en: "MPN" },
  "100.mL": { vi: "100 mL", en: "100 mL", spoken: { vi: "100 mi-li-lít", en: "100 millilitres" } },
  "{plants}": { vi: "nhà máy", en: "plants", one: "plant" },
  "{points}": { vi: "điểm", en: "points", one: "point" },
  "{pcu}": { vi: "xe quy đổi", en: "pcu", spoken: { vi: "xe con quy đổi", en: "passenger-car units" } },
  "{trips}": { vi: "chuyến", en: "trips", one: "trip" },
  "{links}": { vi: "đoạn đường", en: "links", one: "link" },
  "{vehicles}": { vi: "xe", en: "vehicles", one: "vehicle" },
  "{tickets}": { vi: "phiếu", en: "tickets", one: "ticket" },
  "{visits}": { vi: "lượt", en: "visits", one: "visit" },
  "{visitors}": { vi: "lượt khách", en: "visitors", one: "visitor" },
  "{people}": { vi: "người", en: "people", one: "person" },
  "{passengers}": { vi: "khách", en: "passengers", one: "passenger" },
  "{pupils}": { vi: "học sinh", en: "pupils", one: "pupil" },
  "{pumps}": { vi: "máy bơm", en: "pumps", one: "pump" },
  "{events}": { vi: "lần", en: "events", one: "event" },
  "{count}": { vi: "lần", en: "times", one: "time" },
  "{cases}": { vi: "ca", en: "cases", one: "case" },
  "{users}": { vi: "người dùng", en: "users", one: "user" },
  "{transactions}": { vi: "giao dịch", en: "transactions", one: "transaction" },
  "{targets}": { vi: "chỉ tiêu", en: "targets", one: "target" },
  "{samples}": { vi: "mẫu", en: "samples", one: "sample" },
  "{spaces}": { vi: "chỗ", en: "spaces", one: "space" },
  "{requests}": { vi: "yêu cầu", en: "requests", one: "request" },
  "{reports}": { vi: "phản ánh", en: "reports", one: "report" },
  "{permits}": { vi: "giấy phép", en: "permits", one: "permit" },
  "{lamps}": { vi: "đèn", en: "lamps", one: "lamp" },
  "{incidents}": { vi: "vụ", en: "incidents", one: "incident" },
  "{files}": { vi: "hồ sơ", en: "files", one: "file" },
  "{detectors}": { vi: "đầu báo", en: "detectors", one: "detector" },
  "{datasets}": { vi: "bộ dữ liệu", en: "datasets", one: "dataset" },
  "{calls}": { vi: "cuộc gọi", en: "calls", one: "call" },
  "{stations}": { vi: "trạm", en: "stations", one: "station" },
  "{alerts}": { vi: "cảnh báo", en: "alerts", one: "alert" },
  "{hours}": { vi: "giờ", en: "hours", one: "hour" },
  "{days}": { vi: "ngày", en: "days", one: "day" },
  "{observations}": { vi: "lượt đo", en: "observations", one: "observation" },
  "{rooms}": { vi: "phòng", en: "rooms", one: "room" },
  "{nights}": { vi: "đêm", en: "nights", one: "night" },
  "{flights}": { vi: "chuyến bay", en: "flights", one: "flight" },
  "{enterprises}": { vi: "doanh nghiệp", en: "enterprises", one: "enterprise" },
  "{accounts}": { vi: "tài khoản", en: "accounts", one: "account" },
  "{services}": { vi: "dịch vụ", en: "services", one: "service" },
  "{state_reports}": { vi: "báo cáo", en: "reports", one: "report" },
  "10*9.{VND}": {
    vi: "tỷ đồng",
    en: "billion VND",
    before: { en: "VND", after: "billion" },
  },
  "10*6.{USD}": {
    vi: "triệu USD",
    en: "million USD",
    before: { en: "USD", after: "million" },
  },
};

/** Denominators read better in the singular and in full: `xe/giờ`, `vehicles/h`, `tấn/ngày`, `t/day`. */
const per: Record<string, { vi: string; en: string }> = {
  h: { vi: "giờ", en: "h" },
  d: { vi: "ngày", en: "day" },
  s: { vi: "s", en: "s" },
  min: { vi: "phút", en: "min" },
  wk: { vi: "tuần", en: "week" },
  mo: { vi: "tháng", en: "month" },
  a: { vi: "năm", en: "year" },
};

/** One part of a compound code; `below` = it stands after a slash. */
function piece(code: string, lang: Lang, below: boolean, form: "short" | "spoken"): string {
  const bare = /^\((.*)\)$/.exec(code)?.[1] ?? code;
  const known = units[bare];
  if (form === "spoken") {
    const words = known?.spoken?.[lang];
    if (words !== undefined) return below && lang === "en" ? singular(words) : words;
  }
  if (below && per[bare]) return per[bare][lang];
  if (known) return below && lang === "en" ? (known.one ?? known.en) : known[lang];
  const annotation = /^\{(.*)\}$/.exec(bare)?.[1];
  if (annotation !== undefined) return annotation.replaceAll("_", " ");
  if (/^\d+$/.test(bare))
    return lang === "vi" ? bare.replace(/\B(?=(?:\d{3})+$)/g, ".") : bare.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return bare.includes(".")
    ? bare
        .split(".")
        .map((part) => piece(part, lang, below, form))
        .join("·")
    : bare;
}

function singular(words: string): string {
  return words.replace(/(metre|litre|gram|second|minute|hour|day)s\b/, "$1");
}

/** Splits at the slashes that are outside brackets: `/(100.mL)` → ["", "(100.mL)"]. */
function slashParts(code: string): string[] {
  return (
    code.match(/\([^)]*\)|\{[^}]*\}|\[[^\]]*\]|[^/([{]+|\//g)?.reduce<string[]>(
      (parts, token) => {
        if (token === "/") parts.push("");
        else parts[parts.length - 1] += token;
        return parts;
      },
      [""],
    ) ?? [""]
  );
}

function compose(code: string, lang: Lang, form: "short" | "spoken"): string {
  const exact = units[code];
  if (exact) return form === "spoken" ? (exact.spoken?.[lang] ?? exact[lang]) : exact[lang];
  const [top = "", ...below] = slashParts(code);
  const join = form === "spoken" ? (lang === "vi" ? " trên " : " per ") : "/";
  const head = top === "" ? "" : piece(top, lang, false, form);
  const tail = below.map((part) => piece(part, lang, true, form));
  return [head, ...tail].join(join).trim();
}

/**
 * Display form of a UCUM code, for example `ug/m3` → `µg/m³`, `{vehicles}/h` → `xe/giờ` (vi). Empty for numbers without
 * a unit. A code that is not known is shown as it is, so nothing disappears.
 */
export function unitText(code: string, lang: Lang): string {
  return compose(code, lang, "short");
}

/** The unit in full for screen readers: `mm` → `mi-li-mét`. */
export function unitSpoken(code: string, lang: Lang): string {
  return compose(code, lang, "spoken");
}

/** A number (already in words of the language) with its unit; no-break space between, except before `%` and `°`. */
export function withUnit(number: string, code: string, lang: Lang, one = false): string {
  const known = units[code];
  if (known?.before && lang === "en") return `${known.before.en}\u00a0${number}\u00a0${known.before.after}`;
  const text = one && lang === "en" && known?.one !== undefined ? known.one : unitText(code, lang);
  if (text === "") return number;
  return known?.tight || text.startsWith("/") || text.startsWith("%") ? `${number}${text}` : `${number}\u00a0${text}`;
}
