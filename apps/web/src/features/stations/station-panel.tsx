import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Datastream, StationKind } from "@ioc/contracts";
import { cityQuery, areasQuery, kindsQuery, stationQuery } from "../../data/index.ts";
import { useCityNow, useStationStatus, useTopic } from "../../data/live/index.ts";
import { capitalised, useLang } from "../../texts/index.ts";
import {
  AsOf,
  areaLabel,
  CardBoundary,
  ErrorState,
  SeverityBadge,
  Skeleton,
  StateChip,
} from "../../ui/controls/index.ts";
import { KindIcon } from "../../ui/icons/index.ts";
import { StationCompare } from "./station-compare.tsx";
import { StationHistory } from "./station-history.tsx";
import type { StationPatch, StationView } from "./station-view.ts";
import { StreamList } from "./stream-list.tsx";
import styles from "./stations.module.css";

interface Props {
  id: string;
  /** Which quantity is shown and how; kept by the page, for example in its address. */
  view: StationView;
  onView: (patch: StationPatch) => void;
  /** The station's open alerts, for example as links. */
  alerts?: ReactNode;
  /** Links to the map or to other pages. */
  links?: ReactNode;
}

/** One station: what it is, where, in which state, each quantity it measures, and the history of one of them. */
export function StationPanel({ id, view, onView, alerts, links }: Props) {
  useTopic(`station:${id}`);
  const query = useQuery(stationQuery(id));
  const kinds = useQuery(kindsQuery());
  const status = useStationStatus(id);
  const now = useCityNow(10_000);
  const agencies = useQuery(cityQuery()).data?.agencies;
  if (query.isError && !query.data) return <ErrorState problem={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={360} />;
  const station = { ...query.data, status: status ?? query.data.status };
  const kind = kinds.data?.items.find((one) => one.id === station.kind);
  const shown = shownStream(station.streams, view.property, kind);
  const source = agencies?.find((one) => one.id === kind?.owner)?.name;
  return (
    <article className={styles.panel} aria-labelledby={`station-${id}`}>
      <StationHead id={id} station={station} kind={kind} now={now} />
      {links}
      {alerts}
      {shown ? (
        <CardBoundary key={shown.id}>
          <StationHistory stream={shown} view={view} onView={onView} source={source} />
          <StationCompare station={station} stream={shown} view={view} onView={onView} source={source} />
        </CardBoundary>
      ) : null}
      <StreamList
        streams={station.streams}
        shown={shown?.id ?? null}
        onShow={(property) => onView({ property: property === kind?.primary ? undefined : property })}
      />
    </article>
  );
}

function shownStream(streams: readonly Datastream[], chosen: string | undefined, kind: StationKind | undefined) {
  return (
    streams.find((stream) => stream.property.id === chosen) ??
    streams.find((stream) => stream.property.id === kind?.primary) ??
    streams.find((stream) => !stream.property.technical) ??
    streams[0]
  );
}

interface HeadProps {
  id: string;
  station: {
    name: { vi: string; en: string };
    kind: string;
    areas: Record<string, string>;
    basis: "real" | "plausible";
    position: "published" | "approximate" | "invented";
    status: {
      state: Parameters<typeof StateChip>[0]["state"];
      time: number | null;
      severity: Parameters<typeof SeverityBadge>[0]["severity"] | null;
    };
  };
  kind: StationKind | undefined;
  now: number | null;
}

function StationHead({ id, station, kind, now }: HeadProps) {
  const { t } = useTranslation("stations");
  const lang = useLang();
  const city = useQuery(cityQuery());
  const areas = useQuery(areasQuery());
  const areaId = station.areas[city.data?.scheme ?? ""];
  const area = areas.data?.items.find((one) => one.id === areaId);
  const agency = city.data?.agencies.find((one) => one.id === kind?.owner);
  const { status } = station;
  const age = status.time !== null && now !== null ? Math.max(0, now - status.time) : null;
  return (
    <header className={styles.head}>
      <span className={styles.plate}>
        {status.severity ? (
          <SeverityBadge severity={status.severity} size={32} />
        ) : (
          <KindIcon glyph={kind?.glyph} size={24} />
        )}
      </span>
      <div className={styles.headText}>
        <h2 id={`station-${id}`}>{station.name[lang]}</h2>
        <p className={styles.meta} lang={lang === "vi" ? "en" : "vi"}>
          {station.name[lang === "vi" ? "en" : "vi"]}
        </p>
        <p className={styles.meta}>
          {kind ? <span>{capitalised(kind.name[lang])}</span> : null}
          {area ? <span>{areaLabel(area, lang)}</span> : null}
          {agency ? <span>{agency.name[lang]}</span> : null}
        </p>
        <p className={styles.meta}>
          <StateChip state={status.state} age={age} />
          <AsOf time={status.time} mode="updated" />
        </p>
        <p className={styles.meta}>
          <span>{t(`basis.${station.basis}`)}</span>
          <span>{t(`position.${station.position}`)}</span>
        </p>
      </div>
    </header>
  );
}
