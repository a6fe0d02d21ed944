import { useCallback, useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import type { Alert, Area, Lang } from "@ioc/contracts";
import { areasQuery, cityQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";

/** Short type before the name in Vietnamese ("P. An Khê"), after it in English ("An Khê ward"). */
function shortName(area: Area, lang: Lang): string {
  if (area.level === "city") return area.name[lang];
  if (lang === "en") return `${area.name.en} ${area.type.en.toLowerCase()}`;
  const type = area.type.vi.trim();
  const short = type.toLowerCase() === "phường" ? "P." : type.toLowerCase() === "xã" ? "X." : type;
  return `${short} ${area.name.vi}`;
}

/** Names of the areas an alert lies in: the narrowest, and all of them in a row. */
export function usePlaceNames() {
  const lang = useLang();
  const scheme = useQuery(cityQuery()).data?.scheme ?? "";
  const areas = useQuery(areasQuery()).data?.items;
  const byId = useMemo(() => new Map(areas?.map((area) => [area.id, area])), [areas]);
  const narrowest = useCallback(
    (alert: Alert) => {
      const area = byId.get(alert.areas[scheme]?.[0] ?? "");
      return area ? shortName(area, lang) : "";
    },
    [byId, scheme, lang],
  );
  const whole = useCallback(
    (alert: Alert) => (alert.areas[scheme] ?? []).flatMap((id) => byId.get(id)?.name[lang] ?? []).join(", "),
    [byId, scheme, lang],
  );
  return { narrowest, whole, byId, scheme };
}
