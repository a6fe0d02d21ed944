import { useMemo } from "react";
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Grouping, StatisticItem } from "@ioc/contracts";
import { statisticDataQuery } from "../../../data/index.ts";
import { useLang } from "../../../texts/index.ts";
import { Button, Combobox, EmptyState, ErrorState, Skeleton } from "../../../ui/controls/index.ts";
import { Icon } from "../../../ui/icons/index.ts";
import { mostCompared } from "../statistic-search.ts";
import type { PagePatch, PageSearch } from "../statistic-search.ts";
import { useGroupName, useGroups, useSubjects } from "../use-subjects.ts";
import { viewOf } from "../view.ts";
import { ComparedChart } from "./compared-chart.tsx";
import { compareSubjects } from "./compare.ts";
import { Field } from "./field.tsx";
import styles from "./page.module.css";

interface Props {
  item: StatisticItem;
  view: PageSearch;
  onView: (patch: PagePatch) => void;
}

/** The group whose subjects are compared: the one chosen, the one shown, else the first that is not the city. */
export function useComparedGroup(
  item: StatisticItem,
  view: PageSearch,
): { groups: Grouping[]; group: Grouping | undefined } {
  const groups = useGroups(item).filter((one) => one !== "city");
  const group = [view.by, view.group].find((one) => one !== undefined && groups.includes(one)) ?? groups[0];
  return { groups, group };
}

/** Up to six places of a group on one axis. */
export function CompareSubjects({ item, view, onView }: Props) {
  const { t } = useTranslation("statistics");
  const { groups, group } = useComparedGroup(item, view);
  const groupName = useGroupName(item);
  const { options } = useSubjects(item, group);
  const chosen = view.with ?? [];
  const labelOf = (id: string): string => options.find((option) => option.id === id)?.label ?? id;
  const set = (ids: readonly string[]) => onView({ with: ids.length > 0 ? [...ids] : undefined, by: group });
  return (
    <>
      <div className={styles.bar}>
        {groups.length > 1 && group ? (
          <Field
            label={t("group")}
            value={group}
            options={groups.map((one) => ({ id: one, label: groupName(one) }))}
            onChange={(by) => onView({ by, with: undefined })}
          />
        ) : null}
        <div className={styles.field}>
          <span aria-hidden>{t("compare.add")}</span>
          <Combobox
            label={t("compare.add")}
            options={options.filter((option) => !chosen.includes(option.id))}
            value={null}
            placeholder={chosen.length >= mostCompared ? t("compare.full") : t("compare.hint")}
            empty={t("subjectNone")}
            disabled={chosen.length >= mostCompared}
            onChange={(id) => set([...chosen, id])}
          />
        </div>
      </div>
      {chosen.length > 0 ? (
        <ul className={styles.chips} aria-label={t("compare.chosen")}>
          {chosen.map((id) => (
            <li key={id}>
              <Button
                onClick={() => set(chosen.filter((one) => one !== id))}
                aria-label={t("compare.remove", { name: labelOf(id) })}
              >
                {labelOf(id)} <Icon name="close" size={16} />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {chosen.length === 0 || !group ? (
        <EmptyState>{t("compare.empty", { count: mostCompared })}</EmptyState>
      ) : (
        <Together item={item} view={view} group={group} chosen={chosen} />
      )}
    </>
  );
}

interface TogetherProps extends Pick<Props, "item" | "view"> {
  group: Grouping;
  chosen: readonly string[];
}

function Together({ item, view, group, chosen }: TogetherProps) {
  const lang = useLang();
  const { column } = useSubjects(item, group);
  const { at } = viewOf(view);
  const { frames, errors, retry } = useQueries({
    queries: chosen.map((subject) => statisticDataQuery(item.id, { group, subject, ...(at ? { at } : {}) })),
    combine: (results) => ({
      frames: results.map((result) => result.data),
      errors: results.map((result) => result.error),
      retry: () => results.filter((result) => result.error).forEach((result) => void result.refetch()),
    }),
  });
  const failed = errors.find((error) => error !== null);
  const pending = frames.some((frame, index) => frame === undefined && !errors[index]);
  const made = useMemo(() => {
    const all = chosen.flatMap((id, index) => (frames[index] ? [{ id, frame: frames[index] }] : []));
    return pending ? null : compareSubjects(all, column);
  }, [chosen, frames, pending, column]);
  if (!made) return failed ? <ErrorState problem={failed} retry={retry} /> : <Skeleton height={420} />;
  return (
    <>
      {failed ? <ErrorState problem={failed} retry={retry} /> : null}
      <ComparedChart
        item={item}
        frame={made.frame}
        kind={made.kind}
        caption={item.name[lang]}
        past={at !== undefined}
      />
    </>
  );
}
