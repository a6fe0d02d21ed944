import { useRef } from "react";
import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { StationItem, StatisticInput, StatisticItem } from "@ioc/contracts";
import { formatNumber } from "@ioc/charts/format";
import { cityQuery, datasetsQuery, kindsQuery } from "../../../data/index.ts";
import { useStationsNow } from "../../../data/live/index.ts";
import { capitalised, useLang } from "../../../texts/index.ts";
import { AsOf, Skeleton } from "../../../ui/controls/index.ts";
import { useNear } from "../use-near.ts";
import styles from "./page.module.css";
import type { StatisticLinks } from "./statistic-page.tsx";

interface Props {
  item: StatisticItem;
  links: StatisticLinks;
}

/** What the statistic reads, and how well that is: stations that report, datasets with their rows and last change. */
export function InputsSection({ item, links }: Props) {
  const { t } = useTranslation("statistics");
  const place = useRef<HTMLElement>(null);
  const { seen } = useNear(place);
  return (
    <section ref={place} className={styles.section} aria-labelledby="inputs-title">
      <h2 id="inputs-title">{t("inputs")}</h2>
      {seen ? (
        <ul className={styles.inputs}>
          {item.input.map((input) =>
            "kind" in input ? (
              <KindInput key={`kind ${input.kind} ${input.properties.join()}`} input={input} links={links} />
            ) : (
              <DatasetInput key={`dataset ${input.dataset}`} input={input} />
            ),
          )}
        </ul>
      ) : (
        <Skeleton height={80} />
      )}
    </section>
  );
}

type KindOf = Extract<StatisticInput, { kind: string }>;
type DatasetOf = Extract<StatisticInput, { dataset: string }>;

const reporting: ReadonlySet<StationItem["status"]["state"]> = new Set(["normal", "late", "doubtful"]);
const silent = ["stale", "offline", "maintenance", "unknown"] as const;

function KindInput({ input, links }: { input: KindOf; links: StatisticLinks }) {
  const { t } = useTranslation("statistics");
  const { t: common } = useTranslation();
  const lang = useLang();
  const kinds = useQuery(kindsQuery()).data?.items;
  const stations = useStationsNow().items;
  const kind = kinds?.find((one) => one.id === input.kind);
  const own = stations?.filter((station) => input.kind === "*" || station.kind === input.kind);
  const up = own?.filter((station) => reporting.has(station.status.state)).length ?? 0;
  const name = input.kind === "*" ? t("allKinds") : capitalised(kind?.name[lang] ?? input.kind);
  const properties = input.properties.map(
    (id) => kind?.properties.find((property) => property.id === id)?.name[lang] ?? id,
  );
  const down = silent.flatMap((state) => {
    const count = own?.filter((station) => station.status.state === state).length ?? 0;
    return count > 0
      ? [`${common(`stationState.${state}`).toLocaleLowerCase("vi")}: ${formatNumber(count, lang)}`]
      : [];
  });
  return (
    <InputLine
      name={links.stations?.(input.kind, name) ?? name}
      parts={properties.join(", ")}
      health={
        own ? (
          <>
            <strong>
              {t("stationsUp", {
                up: formatNumber(up, lang),
                total: formatNumber(own.length, lang),
                count: own.length,
              })}
            </strong>
            {down.length > 0 ? ` (${down.join(", ")})` : ""}
          </>
        ) : null
      }
    />
  );
}

function DatasetInput({ input }: { input: DatasetOf }) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const query = useQuery(datasetsQuery());
  const city = useQuery(cityQuery()).data;
  const dataset = query.data?.items.find((one) => one.id === input.dataset);
  const columns = input.columns.map((id) => dataset?.columns.find((column) => column.id === id)?.name?.[lang] ?? id);
  const publisher = city?.agencies.find((agency) => agency.id === dataset?.publisher)?.name[lang];
  return (
    <InputLine
      name={dataset?.name[lang] ?? input.dataset}
      parts={columns.join(", ")}
      health={
        dataset ? (
          <>
            <strong>{t("rows", { count: dataset.count, formatted: formatNumber(dataset.count, lang) })}</strong>
            {" · "}
            {dataset.updatedAt === null ? t("neverUpdated") : <AsOf time={dataset.updatedAt} mode="updated" />}
            {" · "}
            {t(`classification.${dataset.classification}`)}
            {publisher ? ` · ${publisher}` : ""}
            {dataset.madeUp ? ` · ${t("synthetic")}` : ""}
          </>
        ) : query.isError ? (
          t("inputUnknown")
        ) : null
      }
    />
  );
}

function InputLine({ name, parts, health }: { name: ReactNode; parts: string; health: ReactNode }) {
  return (
    <li>
      <p className={styles.inputName}>{name}</p>
      <p className={styles.quiet}>{parts}</p>
      <p>{health}</p>
    </li>
  );
}
