import type { Area, Lang } from "@ioc/contracts";

/** Name with the administrative type, as people say it: "Phường Hải Châu", "Hai Chau ward"; the city stands alone. */
export function areaLabel(area: Pick<Area, "name" | "type" | "level">, lang: Lang): string {
  const name = area.name[lang];
  const type = area.type[lang].trim();
  if (area.level === "city" || name.toLowerCase().includes(type.toLowerCase())) return name;
  return lang === "vi" ? `${type.charAt(0).toLocaleUpperCase("vi")}${type.slice(1)} ${name}` : `${name} ${type}`;
}
