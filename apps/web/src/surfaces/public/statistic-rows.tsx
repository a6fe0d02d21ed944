import { useTranslation } from "react-i18next";
import { formatShare, formatValue, noValue } from "@ioc/charts/format";
import { formatAsOf } from "@ioc/charts/time";
import type { StatisticItem } from "@ioc/contracts";
import { isWhole } from "../../features/statistics/value-line.tsx";
import { publicUrl, usePage } from "./model.ts";
import styles from "./public.module.css";

/** Statistics as lines: name, value, time of the data. */
export function StatisticRows({ items, caption }: { items: readonly StatisticItem[]; caption: string }) {
  const { t: words } = useTranslation("statistics");
  const { lang } = usePage();
  return (
    <table className={styles.rows}>
      <caption className="visually-hidden">{caption}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{words("column.name")}</th>
          <th scope="col">{words("column.value")}</th>
          <th scope="col">{words("column.asOf")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <th scope="row">
              <a href={publicUrl(`/statistics/${item.domain}/${item.id}`, lang)}>{item.name[lang]}</a>
            </th>
            <td>
              <ValueText item={item} />
            </td>
            <td>
              <TimeText item={item} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ValueText({ item }: { item: StatisticItem }) {
  const { t } = useTranslation();
  const { t: words } = useTranslation("statistics");
  const { lang } = usePage();
  if (item.status === "insufficient")
    return isWhole(item.coverage) ? words("tooShort") : t("insufficient", { share: formatShare(item.coverage, lang) });
  if (item.value === null) return noValue;
  return <strong>{formatValue(item.value, item.unit, item.decimals, lang)}</strong>;
}

function TimeText({ item }: { item: StatisticItem }) {
  const { t } = useTranslation();
  const { lang, city } = usePage();
  return item.asOf === null ? t("noData") : formatAsOf(item.asOf, city.now, lang);
}
