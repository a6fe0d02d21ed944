import { useMemo, useRef } from "react";
import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslation } from "react-i18next";
import type { StationItem } from "@ioc/contracts";
import { severityRank } from "@ioc/contracts/severity";
import { formatValue } from "@ioc/charts/format";
import { kindsQuery } from "../../data/index.ts";
import { capitalised, useLang } from "../../texts/index.ts";
import { EmptyState, SeverityBadge, StateChip } from "../../ui/controls/index.ts";
import { KindIcon } from "../../ui/icons/index.ts";
import type { Box } from "../../ui/map/index.ts";
import styles from "./station-list.module.css";

/** Stations inside the box, worst first, then those with trouble, then by name. */
export function stationsInView(stations: readonly StationItem[], view: Box | null, lang: "vi" | "en"): StationItem[] {
  const trouble = (station: StationItem) => (station.status.state === "normal" ? 0 : 1);
  return stations
    .filter(({ lat, lon }) => view === null || (lat >= view[0] && lat <= view[2] && lon >= view[1] && lon <= view[3]))
    .toSorted(
      (a, b) =>
        severityRank(b.status.severity) - severityRank(a.status.severity) ||
        trouble(b) - trouble(a) ||
        a.name[lang].localeCompare(b.name[lang], lang),
    );
}

interface Props {
  /** In the order to show. */
  stations: readonly StationItem[];
  selected: string | null;
  onSelect: (id: string) => void;
}

/** The same stations as the map, as a list of buttons: what cannot be seen or pointed at can be reached here. */
export function StationList({ stations, selected, onSelect }: Props) {
  const { t } = useTranslation("map");
  const lang = useLang();
  const kinds = useQuery(kindsQuery());
  const kindById = useMemo(() => new Map(kinds.data?.items.map((kind) => [kind.id, kind])), [kinds.data]);
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its functions are not handed on
  const rows = useVirtualizer({
    count: stations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 44,
    overscan: 8,
  });
  if (stations.length === 0) return <EmptyState>{t("noneInView")}</EmptyState>;
  return (
    <div className={styles.scroller} ref={scroller} role="list" aria-label={t("inView")}>
      <div style={{ position: "relative", blockSize: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((item) => {
          const station = stations[item.index]!;
          const kind = kindById.get(station.kind);
          const property = kind?.properties.find(({ id }) => id === kind.primary);
          const { status } = station;
          return (
            <div
              role="listitem"
              key={station.id}
              className={styles.slot}
              style={{ transform: `translateY(${item.start}px)` }}
              aria-setsize={stations.length}
              aria-posinset={item.index + 1}
            >
              <button
                type="button"
                className={styles.row}
                aria-current={station.id === selected ? "true" : undefined}
                onClick={() => onSelect(station.id)}
              >
                <span className={styles.mark}>
                  {status.severity ? (
                    <SeverityBadge severity={status.severity} size={24} />
                  ) : (
                    <KindIcon glyph={kind?.glyph} />
                  )}
                </span>
                <span className={styles.text}>
                  <span className={styles.name}>{station.name[lang]}</span>
                  <span className={styles.kind}>{kind ? capitalised(kind.name[lang]) : null}</span>
                </span>
                <span className={styles.end}>
                  <span className={styles.value}>
                    {property ? formatValue(status.value, property.unit, property.decimals, lang) : null}
                  </span>
                  {status.state === "normal" ? null : <StateChip state={status.state} />}
                </span>
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}
