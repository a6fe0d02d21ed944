import { useTranslation } from "react-i18next";
import type { BoardCard, ChartKind, StatisticItem } from "@ioc/contracts";
import { Combobox } from "../../../ui/controls/index.ts";
import { Field } from "../page/field.tsx";
import { useGroupName, useGroups, useNarrowing } from "../use-subjects.ts";
import { groupFor, kindsOf } from "../view.ts";
import { spans } from "./board-address.ts";
import type { BoardDraft } from "./use-board.ts";
import styles from "./boards.module.css";

interface Props {
  item: StatisticItem;
  card: BoardCard;
  index: number;
  draft: BoardDraft;
}

/** A card without what is not chosen, in the order of its keys. */
function card({
  statistic,
  group,
  subject,
  chart,
  span,
}: { [K in keyof BoardCard]: BoardCard[K] | undefined }): BoardCard {
  return {
    statistic: statistic ?? "",
    ...(group ? { group } : {}),
    ...(subject ? { subject } : {}),
    ...(chart ? { chart } : {}),
    span: span ?? 1,
  };
}

/** What a card shows and how wide it is. */
export function CardSettings({ item, card: own, index, draft }: Props) {
  const { t } = useTranslation("boards");
  const { t: words } = useTranslation("statistics");
  const groups = useGroups(item);
  const groupName = useGroupName(item);
  const narrowing = useNarrowing(item, own.group);
  const kinds = kindsOf(item);
  const change = (patch: { [K in keyof BoardCard]?: BoardCard[K] | undefined }) => {
    const next = card({ ...own, ...patch } as BoardCard);
    draft.set({ cards: draft.cards.with(index, next) });
  };
  return (
    <div className={styles.settings}>
      {groups.length > 1 ? (
        <Field
          label={words("group")}
          value={own.group ?? groups[0]!}
          options={groups.map((group) => ({ id: group, label: groupName(group) }))}
          onChange={(group) => change({ group: group === groups[0] ? undefined : group })}
        />
      ) : null}
      {narrowing.length > 0 ? (
        <div className={styles.field}>
          <span aria-hidden>{words("subject")}</span>
          <Combobox
            label={words("subject")}
            options={narrowing}
            value={own.subject ?? ""}
            placeholder={words("subjectHint")}
            empty={words("subjectNone")}
            onChange={(id) => change({ subject: id === "" ? undefined : id })}
          />
        </div>
      ) : null}
      <Field
        label={words("chartKind")}
        value={own.chart ?? item.chart}
        options={[...kinds, ...(kinds.includes("table") ? [] : ["table" as const])].map((kind) => ({
          id: kind,
          label: words(`kinds.${kind}`),
        }))}
        onChange={(value) => {
          const kind = value as ChartKind;
          change({ chart: kind === item.chart ? undefined : kind, group: groupFor(kind, own.group, item) });
        }}
      />
      <Field
        label={t("width")}
        value={String(own.span)}
        options={spans.map((span) => ({ id: String(span), label: t("columns", { count: span }) }))}
        onChange={(span) => change({ span: Number(span) })}
      />
    </div>
  );
}
