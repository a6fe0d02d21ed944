import { useTranslation } from "react-i18next";
import type { ForecastItem } from "@ioc/contracts";
import { formatNumber, formatShare } from "@ioc/charts/format";
import { formatDateTime } from "@ioc/charts/time";
import { useLang } from "../../texts/index.ts";
import { DataTable } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import styles from "./forecasts.module.css";

interface Props {
  items: readonly ForecastItem[];
  chosen: string;
  onChoose: (id: string) => void;
}

const none = "—";

/** Every forecast with its newest issue, and how all that came of it did. */
export function ForecastList({ items, chosen, onChoose }: Props) {
  const { t } = useTranslation("forecasts");
  const lang = useLang();
  const overall = ({ skill }: ForecastItem) => skill.find(({ leadHours }) => leadHours === null);
  const share = (value: number | null | undefined) =>
    value === null || value === undefined ? none : formatShare(value, lang);
  return (
    <section className={styles.card}>
      <DataTable
        caption={t("list")}
        hideCaption
        rows={items}
        rowKey={({ id }) => id}
        columns={[
          {
            id: "name",
            header: t("column.name"),
            rowHeader: true,
            render: (item) => (
              <button
                type="button"
                className={styles.name}
                aria-current={item.id === chosen ? "true" : undefined}
                onClick={() => onChoose(item.id)}
              >
                {item.name[lang]}
              </button>
            ),
          },
          {
            id: "issued",
            header: t("column.issued"),
            render: (item) => (item.issuedAt === null ? none : formatDateTime(item.issuedAt, lang)),
          },
          { id: "subjects", header: t("column.subjects"), numeric: true, render: (item) => item.subjects.length },
          {
            id: "state",
            header: t("column.state"),
            render: (item) => <State item={item} />,
          },
          {
            id: "cases",
            header: t("column.cases"),
            numeric: true,
            render: (item) => formatNumber(overall(item)?.cases ?? 0, lang),
          },
          {
            id: "mase",
            header: t("column.mase"),
            numeric: true,
            render: (item) => {
              const mase = overall(item)?.mase ?? null;
              return mase === null ? none : formatNumber(mase, lang, 2);
            },
          },
          {
            id: "skill",
            header: t("column.skill"),
            numeric: true,
            render: (item) => share(overall(item)?.skill),
          },
          {
            id: "coverage80",
            header: t("column.coverage80"),
            numeric: true,
            render: (item) => share(overall(item)?.coverage80),
          },
          {
            id: "coverage95",
            header: t("column.coverage95"),
            numeric: true,
            render: (item) => share(overall(item)?.coverage95),
          },
        ]}
      />
    </section>
  );
}

function State({ item }: { item: ForecastItem }) {
  const { t } = useTranslation("forecasts");
  if (item.error !== null)
    return (
      <span className={styles.state}>
        <Icon name="warning" size={16} /> {t("state.error")}
      </span>
    );
  if (item.failures.length > 0) return t("state.partly", { count: item.failures.length });
  return item.issuedAt === null ? t("state.waiting") : t("state.ok");
}
