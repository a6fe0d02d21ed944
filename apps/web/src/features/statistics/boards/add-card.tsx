import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { StatisticItem } from "@ioc/contracts";
import { cityQuery } from "../../../data/index.ts";
import { useLang } from "../../../texts/index.ts";
import { Combobox, say } from "../../../ui/controls/index.ts";
import { mostCards } from "./board-address.ts";
import type { BoardDraft } from "./use-board.ts";
import styles from "./boards.module.css";

/** Finds a statistic and puts it at the end of the board. */
export function AddCard({ draft, items }: { draft: BoardDraft; items: readonly StatisticItem[] }) {
  const { t } = useTranslation("boards");
  const lang = useLang();
  const domains = useQuery(cityQuery()).data?.domains;
  const options = useMemo(
    () =>
      items.map((item) => ({
        id: item.id,
        label: item.name[lang],
        note: domains?.find((domain) => domain.id === item.domain)?.name[lang] ?? item.domain,
      })),
    [items, domains, lang],
  );
  const full = draft.cards.length >= mostCards;
  return (
    <div className={styles.add}>
      <Combobox
        label={t("add")}
        icon="plus"
        options={options}
        value={null}
        placeholder={full ? t("full", { count: mostCards }) : t("add")}
        empty={t("noStatistic")}
        disabled={full}
        onChange={(statistic) => {
          draft.set({ cards: [...draft.cards, { statistic, span: 1 }] });
          const name = items.find((item) => item.id === statistic)?.name[lang] ?? statistic;
          say(t("added", { name }));
        }}
      />
    </div>
  );
}
