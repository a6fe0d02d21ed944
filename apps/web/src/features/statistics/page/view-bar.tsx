import { useTranslation } from "react-i18next";
import type { ChartKind, StatisticItem } from "@ioc/contracts";
import { Combobox } from "../../../ui/controls/index.ts";
import type { PagePatch, PageSearch } from "../statistic-search.ts";
import { useGroupName, useGroups, useNarrowing } from "../use-subjects.ts";
import { groupFor, kindsOf } from "../view.ts";
import { Field } from "./field.tsx";
import styles from "./page.module.css";
import { WhenPicker } from "./when-picker.tsx";

interface Props {
  item: StatisticItem;
  view: PageSearch;
  onView: (patch: PagePatch) => void;
}

/** What is shown: by which group, of which place, as which chart, as of when. */
export function ViewBar({ item, view, onView }: Props) {
  const { t } = useTranslation("statistics");
  const groups = useGroups(item);
  const groupName = useGroupName(item);
  const narrowing = useNarrowing(item, view.group);
  const kinds = kindsOf(item);
  const onKind = (kind: ChartKind) =>
    onView({ chart: kind === item.chart ? undefined : kind, group: groupFor(kind, view.group, item) });
  return (
    <div className={styles.bar} role="group" aria-label={t("view")}>
      {groups.length > 1 ? (
        <Field
          label={t("group")}
          value={view.group ?? groups[0]!}
          options={groups.map((group) => ({ id: group, label: groupName(group) }))}
          onChange={(group) => onView({ group: group === groups[0] ? undefined : group })}
        />
      ) : null}
      {narrowing.length > 0 ? (
        <div className={styles.field}>
          <span aria-hidden>{t("subject")}</span>
          <Combobox
            label={t("subject")}
            options={narrowing}
            value={view.subject ?? ""}
            placeholder={t("subjectHint")}
            empty={t("subjectNone")}
            onChange={(id) => onView({ subject: id === "" ? undefined : id })}
          />
        </div>
      ) : null}
      {kinds.length > 1 ? (
        <Field
          label={t("chartKind")}
          value={view.chart ?? item.chart}
          options={kinds.map((kind) => ({ id: kind, label: t(`kinds.${kind}`) }))}
          onChange={(kind) => onKind(kind as ChartKind)}
        />
      ) : null}
      <WhenPicker at={view.at} onAt={(at) => onView({ at })} />
    </div>
  );
}
