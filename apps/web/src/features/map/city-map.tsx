import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Theme } from "@ioc/charts/tokens";
import type { Alert, StationItem } from "@ioc/contracts";
import { areaShapesQuery, areasQuery, basemapQuery, cityQuery, kindsQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { ErrorState, Skeleton } from "../../ui/controls/index.ts";
import { MapView, toMapStations } from "../../ui/map/index.ts";
import type { Box } from "../../ui/map/index.ts";
import { worstByArea } from "./area-severity.ts";

interface Props {
  /** Stations to draw; filters are applied already. */
  stations: readonly StationItem[];
  /** Open alerts that shade their areas. */
  alerts: readonly Alert[];
  theme: Theme;
  selected?: string | null;
  onSelect?: (station: string) => void;
  chosenArea?: string | null;
  onArea?: (area: string) => void;
  onView?: (box: Box) => void;
  focus?: { box: Box } | { lon: number; lat: number; zoom?: number } | null;
  interactive?: boolean;
  scale?: number;
}

const noStatuses = new Map<string, never>();

/** The map of the city with its own base, areas shaded by open alerts, and these stations. */
export function CityMap({ stations, alerts, ...rest }: Props) {
  const { t } = useTranslation("map");
  const lang = useLang();
  const city = useQuery(cityQuery());
  const areas = useQuery(areasQuery());
  const kinds = useQuery(kindsQuery());
  const basemap = useQuery(basemapQuery());
  const shapes = useQuery(areaShapesQuery());
  const kindById = useMemo(() => new Map(kinds.data?.items.map((kind) => [kind.id, kind])), [kinds.data]);
  const drawn = useMemo(() => toMapStations(stations, kindById, noStatuses, lang), [stations, kindById, lang]);
  const severities = useMemo(() => worstByArea(alerts, city.data?.scheme ?? ""), [alerts, city.data]);
  const failed = [city, areas, kinds].find((query) => query.isError && !query.data);
  if (failed) return <ErrorState problem={failed.error} retry={() => void failed.refetch()} />;
  if (!city.data || !areas.data) return <Skeleton height="100%" />;
  return (
    <MapView
      city={city.data}
      areas={areas.data.items}
      basemap={basemap.data}
      shapes={shapes.data}
      stations={drawn}
      areaSeverities={severities}
      label={t("title")}
      {...rest}
    />
  );
}
