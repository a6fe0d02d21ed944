import { useCallback, useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import { areasQuery, cityQuery, kindsQuery, stationsQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";

/** Name of a station, area, agency or station kind in the page's language; an id that is not known comes back as it is. */
export function useNames(): (id: string) => string {
  const lang = useLang();
  const stations = useQuery(stationsQuery()).data?.items;
  const city = useQuery(cityQuery()).data;
  const areas = useQuery(areasQuery()).data?.items;
  const kinds = useQuery(kindsQuery()).data?.items;
  const { scheme, agencies } = city ?? {};
  const names = useMemo(() => {
    const all = new Map<string, string>();
    for (const kind of kinds ?? []) all.set(kind.id, kind.name[lang]);
    for (const agency of agencies ?? []) all.set(agency.id, agency.name[lang]);
    for (const area of areas ?? [])
      if (scheme === undefined || area.scheme === scheme) all.set(area.id, area.name[lang]);
    for (const station of stations ?? []) all.set(station.id, station.name[lang]);
    return all;
  }, [stations, areas, kinds, agencies, scheme, lang]);
  return useCallback((id) => names.get(id) ?? id, [names]);
}
