import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Frame, Grouping } from "@ioc/contracts";
import { useLang } from "../../../texts/index.ts";
import { FrameTable } from "../../../ui/chart/index.ts";
import { Button, CardBoundary, EmptyState, ErrorState, Skeleton, TabPanel, Tabs } from "../../../ui/controls/index.ts";
import { comparedWith } from "../compared-with.ts";
import { FrameChart, specOf } from "../frame-chart.tsx";
import { TargetLine } from "../target-line.tsx";
import { useNames } from "../use-names.ts";
import { useGroupName } from "../use-subjects.ts";
import { ValueLine } from "../value-line.tsx";
import { ChoiceField } from "./fields.tsx";
import type { Draft } from "./draft.ts";
import { placeOf } from "./problem-place.ts";
import type { Preview } from "./use-preview.ts";
import styles from "./editor.module.css";

interface Props {
  draft: Draft;
  preview: Preview;
  group: Grouping | undefined;
  onGroup: (group: Grouping | undefined) => void;
  /** Asks for the API key that a preview needs. */
  onKey: () => void;
}

/** What the definition gives on the data at hand, or what is wrong with it and where. */
export function PreviewPanel({ draft, preview, group, onGroup, onKey }: Props) {
  const { t } = useTranslation("editor");
  const groupName = useGroupName(draft);
  const { answer, error, pending, needsKey, again } = preview;
  return (
    <section className={styles.preview} aria-labelledby="preview-title" aria-busy={pending && !needsKey}>
      <header className={styles.previewHead}>
        <h2 id="preview-title">{t("preview")}</h2>
        {needsKey ? null : (
          <p role="status" className={styles.hint}>
            {pending
              ? t("calculating")
              : answer && answer.problems.length > 0
                ? t("hasProblems", { count: answer.problems.length })
                : t("upToDate")}
          </p>
        )}
      </header>
      {draft.groups.length > 1 ? (
        <ChoiceField
          label={t("previewGroup")}
          value={group ?? draft.groups[0] ?? ""}
          options={draft.groups.map((id) => ({ id, label: groupName(id) }))}
          onChange={(id) => onGroup(id === draft.groups[0] ? undefined : id)}
        />
      ) : null}
      {needsKey ? (
        <EmptyState action={<Button onClick={onKey}>{t("enterKey")}</Button>}>{t("previewNeedsKey")}</EmptyState>
      ) : (
        <>
          {error ? <ErrorState problem={error} retry={again} /> : null}
          {answer ? <Problems problems={answer.problems} /> : null}
          <CardBoundary key={answer?.frame?.computedAt ?? 0}>
            {answer?.frame ? (
              <Result draft={draft} frame={answer.frame} />
            ) : !answer && !error ? (
              <Skeleton height={360} />
            ) : null}
          </CardBoundary>
        </>
      )}
    </section>
  );
}

/** Opens the step or the part that a problem names and goes there. */
function goTo(problem: string): void {
  const place = placeOf(problem);
  if (!place) return;
  const id = "step" in place ? `step-${place.step}` : `part-${place.part}`;
  const target = document.getElementById(id);
  target?.closest<HTMLDetailsElement>("#part-pipeline")?.setAttribute("open", "");
  target?.setAttribute("open", "");
  target?.querySelector<HTMLElement>("summary")?.focus();
  target?.scrollIntoView({ block: "start" });
}

function Problems({ problems }: { problems: readonly string[] }) {
  const { t } = useTranslation("editor");
  if (problems.length === 0) return null;
  return (
    <div className={styles.problemBox}>
      <h3>{t("problems")}</h3>
      <ul className={styles.problems}>
        {problems.map((problem) => (
          <li key={problem}>
            {problem}{" "}
            {placeOf(problem) ? (
              <button type="button" className={styles.goTo} onClick={() => goTo(problem)}>
                {t("goTo")}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Result({ draft, frame }: { draft: Draft; frame: Frame }) {
  const { t } = useTranslation("editor");
  const { t: words } = useTranslation("statistics");
  const lang = useLang();
  const id = useId();
  const nameOf = useNames();
  const [tab, setTab] = useState<"chart" | "table">("chart");
  const { chart, question, measures, source } = draft;
  const spec = useMemo(() => specOf({ chart, question, measures, source }), [chart, question, measures, source]);
  return (
    <div className={styles.result}>
      <p className={styles.finding}>{frame.finding?.[lang] ?? question[lang]}</p>
      <ValueLine of={frame} against={comparedWith(draft)} />
      <TargetLine of={frame} />
      {frame.error ? <p className={styles.problem}>{frame.error}</p> : null}
      <Tabs
        id={id}
        label={words("tabs")}
        value={tab}
        onChange={setTab}
        tabs={[
          { id: "chart", label: words("tab.chart") },
          { id: "table", label: words("tab.table") },
        ]}
      />
      <TabPanel id={id} value={tab}>
        {tab === "chart" ? (
          <FrameChart spec={spec} frame={frame} nameOf={nameOf} height={340} past />
        ) : (
          <FrameTable frame={frame} caption={words("tableOf", { name: t("preview") })} nameOf={nameOf} pageSize={20} />
        )}
      </TabPanel>
    </div>
  );
}
