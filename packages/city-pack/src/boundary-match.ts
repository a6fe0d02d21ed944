import type { Area } from "@ioc/contracts";

export interface OfficialFeature {
  id?: string | number | undefined;
  properties: Record<string, unknown> | null;
}

/** Where boundary files usually keep the code of a unit, best first. */
const usualKeys = ["code", "ma_xa", "maxa", "ma", "id", "ma_dvhc", "area_code", "ward_code", "gid"];

const types = /^(thành phố|thị xã|thị trấn|quận|huyện đảo|huyện|phường|xã|đặc khu)\s+/u;

function plainName(name: string): string {
  return name.normalize("NFC").toLocaleLowerCase("vi").trim().replace(types, "");
}

function textAt(feature: OfficialFeature, key: string): string | null {
  const value = key === "feature id" ? feature.id : feature.properties?.[key];
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : null;
}

/** How features are matched with areas: by the property that holds the most unit codes, else by unique names. */
export interface Matching {
  key: string;
  by: "code" | "name";
  /** Area of a feature; null when there is none. */
  areaOf(feature: OfficialFeature): Area | null;
  /** What the feature calls itself, for messages. */
  nameOf(feature: OfficialFeature): string;
}

/** Finds the property that names the unit; null when none holds codes or names of the scheme. */
export function matchFeatures(features: readonly OfficialFeature[], areas: readonly Area[]): Matching | null {
  const byCode = new Map(areas.map((area) => [area.id, area]));
  const byName = new Map<string, Area | null>();
  for (const area of areas) {
    const name = plainName(area.name.vi);
    byName.set(name, byName.has(name) ? null : area);
  }
  const found = new Set(features.flatMap((feature) => Object.keys(feature.properties ?? {})));
  const keys = ["feature id", ...found].sort((a, b) => rank(a) - rank(b));
  const lookups = [
    { by: "code", find: (text: string) => byCode.get(text) ?? null },
    { by: "name", find: (text: string) => byName.get(plainName(text)) ?? null },
  ] as const;
  let best: { matching: Matching; hits: number } | null = null;
  for (const { by, find } of lookups) {
    for (const key of keys) {
      const areaOf = (feature: OfficialFeature): Area | null => find(textAt(feature, key) ?? "");
      const hits = new Set(features.map((feature) => areaOf(feature)?.id).filter((id) => id !== undefined)).size;
      if (hits <= (best?.hits ?? 0)) continue;
      best = { matching: { key, by, areaOf, nameOf: (feature) => textAt(feature, key) ?? "?" }, hits };
    }
  }
  return best?.matching ?? null;
}

function rank(key: string): number {
  const index = usualKeys.indexOf(key.toLowerCase());
  return index < 0 ? usualKeys.length : index;
}
