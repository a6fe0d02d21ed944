import { useRef } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ChartKind, StatisticItem } from "@ioc/contracts";
import { noValue } from "@ioc/charts/format";
import { useLang } from "../../../texts/index.ts";
import { AsOf, Value } from "../../../ui/controls/index.ts";
import { DomainIcon } from "../../../ui/icons/index.ts";
import { comparedWith } from "../compared-with.ts";
import { TargetMark } from "../target-line.tsx";
import { useFrame } from "../use-frame.ts";
import { useNear } from "../use-near.ts";
import { useTrend, useWhyNone } from "../value-line.tsx";
import type { Section } from "./gallery-filter.ts";
import { SmallLine } from "./small-line.tsx";
import styles from "./gallery.module.css";

interface Props {
  sections: readonly Section[];
  link: (id: string, name: string) => ReactNode;
}

/** All statistics as lines of a table: name, value, change, target, time of the data. */
export function GalleryList({ sections, link }: Props) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  if (sections.length === 0) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className={styles.listRegion} role="region" aria-label={t("title")} tabIndex={0}>
      <table className={styles.list}>
        <caption className="visually-hidden">{t("title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("column.name")}</th>
            <th scope="col" className={styles.numeric}>
              {t("column.value")}
            </th>
            <th scope="col">{t("column.change")}</th>
            <th scope="col" className={styles.lineCell}>
              {t("column.line")}
            </th>
            <th scope="col">{t("column.target")}</th>
            <th scope="col">{t("column.asOf")}</th>
          </tr>
        </thead>
        {sections.map(({ domain, items }) => (
          <tbody key={domain?.id ?? "found"}>
            {domain ? (
              <tr className={styles.listDomain}>
                <th scope="rowgroup" colSpan={6}>
                  <span>
                    <DomainIcon domain={domain.id} size={16} /> {domain.name[lang]}
                  </span>
                </th>
              </tr>
            ) : null}
            {items.map((item) => (
              <Row key={item.id} item={item} link={link} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** Kinds whose frame is a short history: the only ones that are read for a line of the list. */
const histories: ReadonlySet<ChartKind> = new Set(["line", "area", "bar", "sparkline-kpi"]);

function Row({ item, link }: { item: StatisticItem; link: Props["link"] }) {
  const lang = useLang();
  const place = useRef<HTMLTableRowElement>(null);
  const { seen, near } = useNear(place);
  const history = histories.has(item.chart);
  const frame = useFrame(item.id, {}, { read: seen && history, live: near && history }).data;
  const of = frame ?? item;
  const why = useWhyNone()(of);
  const trend = useTrend()(of, comparedWith(item));
  return (
    <tr ref={place}>
      <th scope="row">{link(item.id, item.name[lang])}</th>
      <td className={styles.numeric}>
        {why === null && of.value !== null ? (
          <Value value={of.value} unit={of.unit} decimals={of.decimals} />
        ) : (
          <>
            {noValue}
            {why ? <span className={styles.why}> {why}</span> : null}
          </>
        )}
      </td>
      <td className={styles.quiet}>{why === null ? trend : ""}</td>
      <td className={styles.lineCell}>{frame ? <SmallLine frame={frame} /> : null}</td>
      <td className={styles.quiet}>
        <TargetMark met={of.targetMet} />
      </td>
      <td className={styles.quiet}>
        <AsOf time={of.asOf} mode="bare" intervalMs={60_000} />
      </td>
    </tr>
  );
}
