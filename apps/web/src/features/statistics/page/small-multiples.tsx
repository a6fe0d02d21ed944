import { useMemo, useState } from "react";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Extent } from "@ioc/charts";
import type { ChartKind, Frame, Grouping, StatisticItem } from "@ioc/contracts";
import { statisticDataQuery } from "../../../data/index.ts";
import { Button, EmptyState, ErrorState, Skeleton } from "../../../ui/controls/index.ts";
import { FrameChart, specOf } from "../frame-chart.tsx";
import type { PagePatch, PageSearch } from "../statistic-search.ts";
import { useNames } from "../use-names.ts";
import { useGroupName, useSubjects } from "../use-subjects.ts";
import { ValueLine } from "../value-line.tsx";
import { viewOf } from "../view.ts";
import { extentOf, onSharedScale, splitBySubject } from "./compare.ts";
import type { Compared } from "./compare.ts";
import { useComparedGroup } from "./compare-subjects.tsx";
import { Field } from "./field.tsx";
import styles from "./page.module.css";

interface Props {
  item: StatisticItem;
  view: PageSearch;
  onView: (patch: PagePatch) => void;
}

/** Charts that are added at a time. */
const step = 12;

/** One small chart for each place of a group, all on the same scale. */
export function SmallMultiples({ item, view, onView }: Props) {
  const { t } = useTranslation("statistics");
  const { groups, group } = useComparedGroup(item, view);
  const groupName = useGroupName(item);
  if (!group) return <EmptyState>{t("multiples.none")}</EmptyState>;
  return (
    <>
      <div className={styles.bar}>
        {groups.length > 1 ? (
          <Field
            label={t("group")}
            value={group}
            options={groups.map((one) => ({ id: one, label: groupName(one) }))}
            onChange={(by) => onView({ by, with: undefined })}
          />
        ) : null}
      </div>
      <Multiples key={group} item={item} view={view} group={group} />
    </>
  );
}

function Multiples({ item, view, group }: Pick<Props, "item" | "view"> & { group: Grouping }) {
  const { t } = useTranslation("statistics");
  const [most, setMost] = useState(step);
  const { parts, total, failed, retry } = useParts(item, view, group, most);
  const nameOf = useNames();
  const { options } = useSubjects(item, group);
  const kind = view.chart ?? item.chart;
  const drawn = useMemo(
    () => parts.map(({ id, frame }) => ({ id, frame, scaled: onSharedScale(frame, kind) })),
    [parts, kind],
  );
  const shared = drawn.every(({ scaled }) => scaled !== null);
  const extent = useMemo(() => (shared ? extentOf(parts.map((part) => part.frame)) : null), [shared, parts]);
  const names = useMemo(() => new Map(options.map((option) => [option.id, option.label])), [options]);
  if (parts.length === 0)
    return failed ? (
      <ErrorState problem={failed} retry={retry} />
    ) : total === 0 ? (
      <EmptyState>{t("empty")}</EmptyState>
    ) : (
      <Skeleton height={420} />
    );
  return (
    <>
      {shared ? <p className={styles.quiet}>{t("multiples.scale")}</p> : null}
      <div className={styles.multiples}>
        {drawn.map(({ id, frame, scaled }) => (
          <SmallChart
            key={id}
            item={item}
            frame={scaled?.frame ?? frame}
            kind={scaled?.kind ?? kind}
            name={names.get(id) ?? nameOf(id)}
            extent={extent}
            past={view.at !== undefined}
          />
        ))}
      </div>
      {total > parts.length ? (
        <p>
          <Button onClick={() => setMost((before) => before + step)}>
            {t("multiples.more", { shown: parts.length, total })}
          </Button>
        </p>
      ) : null}
    </>
  );
}

interface Parts {
  parts: Compared[];
  /** How many places there are; null until that is known. */
  total: number;
  failed: unknown;
  retry: () => void;
}

/**
 * Frames of the first places: parts of one frame where the group answers with histories of all, else one request for each.
 */
function useParts(item: StatisticItem, view: PageSearch, group: Grouping, most: number): Parts {
  const { at } = viewOf(view);
  const past = at ? { at } : {};
  const whole = useQuery({ ...statisticDataQuery(item.id, { group, ...past }), placeholderData: keepPreviousData });
  const { options } = useSubjects(item, group);
  const split = useMemo(() => (whole.data ? splitBySubject(whole.data) : null), [whole.data]);
  const ordered = useMemo(() => {
    const best = whole.data ? subjectsOf(whole.data) : [];
    return best.length > 0 ? best : options.map((option) => option.id);
  }, [whole.data, options]);
  const wanted = whole.data && !split ? ordered.slice(0, most) : [];
  const single = useQueries({
    queries: wanted.map((subject) => statisticDataQuery(item.id, { group, subject, ...past })),
    combine: (results) => ({
      frames: results.map((result) => result.data),
      failed: results.find((result) => result.error)?.error ?? null,
      retry: () => results.filter((result) => result.error).forEach((result) => void result.refetch()),
    }),
  });
  const parts = split
    ? split.slice(0, most)
    : wanted.flatMap((id, index) => (single.frames[index] ? [{ id, frame: single.frames[index] }] : []));
  return {
    parts,
    total: split?.length ?? (whole.data ? ordered.length : 1),
    failed: whole.error ?? single.failed,
    retry: () => {
      if (whole.error) void whole.refetch();
      single.retry();
    },
  };
}

/** Subjects of a ranking in its order. */
function subjectsOf(frame: Frame): string[] {
  const at = frame.columns.findIndex(
    (column) => column.role === "x" && column.type !== "time" && column.type !== "number",
  );
  if (at < 0) return [];
  return [...new Set(frame.rows.flatMap((row) => (typeof row[at] === "string" ? [row[at]] : [])))];
}

interface SmallProps {
  item: StatisticItem;
  frame: Frame;
  kind: ChartKind;
  name: string;
  extent: Extent | null;
  past: boolean;
}

function SmallChart({ item, frame, kind, name, extent, past }: SmallProps) {
  const nameOf = useNames();
  const { chart, measures, source } = item;
  const spec = useMemo(
    () => specOf({ chart, question: { vi: name, en: name }, measures, source }, kind),
    [chart, name, measures, source, kind],
  );
  // Target and thresholds are those of the whole page; here they would take the room of the course.
  const bare = useMemo(() => ({ ...frame, target: null, thresholds: [] }), [frame]);
  return (
    <section className={styles.small} aria-label={name}>
      <h2 className={styles.smallTitle}>{name}</h2>
      {frame.value === null ? null : <ValueLine of={{ ...frame, previous: null }} />}
      <FrameChart spec={spec} frame={bare} nameOf={nameOf} height={160} extent={extent} past={past} />
    </section>
  );
}
