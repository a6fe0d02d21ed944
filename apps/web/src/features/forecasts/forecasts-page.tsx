import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { forecastsQuery } from "../../data/index.ts";
import { EmptyState, ErrorState, Skeleton } from "../../ui/controls/index.ts";
import type { ForecastSearch } from "./forecast-search.ts";
import { ForecastList } from "./forecast-list.tsx";
import { ForecastView } from "./forecast-view.tsx";
import styles from "./forecasts.module.css";

interface Props {
  search: ForecastSearch;
  onSearch: (search: ForecastSearch) => void;
}

/** All forecasts with how they did, and the chosen one as a fan with its table. */
export function ForecastsPage({ search, onSearch }: Props) {
  const { t } = useTranslation("forecasts");
  const { data, error, isError, refetch } = useQuery(forecastsQuery());
  const items = data?.items;
  const chosen = items?.find(({ id }) => id === search.forecast) ?? items?.[0];
  return (
    <div className={styles.page}>
      <header>
        <h1>{t("title")}</h1>
        <p className={styles.note}>{t("note")}</p>
      </header>
      {items === undefined ? (
        isError ? (
          <ErrorState problem={error} retry={() => void refetch()} />
        ) : (
          <>
            <Skeleton height={200} />
            <Skeleton height={360} />
          </>
        )
      ) : chosen === undefined ? (
        <EmptyState>{t("none")}</EmptyState>
      ) : (
        <>
          <ForecastList items={items} chosen={chosen.id} onChoose={(forecast) => onSearch({ forecast })} />
          <ForecastView
            key={chosen.id}
            item={chosen}
            subject={search.forecast === chosen.id ? search.subject : undefined}
            onSubject={(subject) => onSearch({ forecast: chosen.id, subject })}
          />
        </>
      )}
    </div>
  );
}
