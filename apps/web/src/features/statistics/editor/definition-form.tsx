import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { chartKinds } from "@ioc/contracts/chart-kinds";
import { durationMs } from "@ioc/contracts/duration";
import type { ChartKind, OperatorItem, StatisticItem } from "@ioc/contracts";
import { formatIsoDuration } from "@ioc/charts/time";
import { unitText } from "@ioc/charts/units";
import { cityQuery } from "../../../data/index.ts";
import { useLang } from "../../../texts/index.ts";
import { audiences } from "../statistic-search.ts";
import type { Draft, DraftPatch } from "./draft.ts";
import { isSlug } from "./draft.ts";
import { ChecksField, ChoiceField, JsonField, ListField, LocalizedField, NumberField, TextField } from "./fields.tsx";
import { InputsEditor } from "./inputs-editor.tsx";
import { PipelineEditor } from "./pipeline-editor.tsx";
import { Part } from "./part.tsx";
import { TargetFields } from "./target-fields.tsx";
import styles from "./editor.module.css";

interface Props {
  draft: Draft;
  onChange: (patch: DraftPatch) => void;
  /** A new definition may choose its id. */
  isNew: boolean;
  operators: readonly OperatorItem[];
  problemsOf: (step: number) => readonly string[];
}

const rollUps = [
  "none",
  "max",
  "mean",
  "median",
  "sum",
  "pooled",
] as const satisfies readonly StatisticItem["rollUp"][];

/** The whole definition as fields, the calculation as a list of steps. */
export function DefinitionForm({ draft, onChange, isNew, operators, problemsOf }: Props) {
  const { t } = useTranslation("editor");
  return (
    <div className={styles.parts}>
      <Part title={t("part.names")} open>
        <Names draft={draft} onChange={onChange} isNew={isNew} />
      </Part>
      <Part title={t("part.input")} id="part-input">
        <InputsEditor inputs={draft.input} onChange={(input) => onChange({ input })} />
      </Part>
      <Part title={t("part.pipeline", { count: draft.pipeline.length })} id="part-pipeline" open>
        <PipelineEditor
          steps={draft.pipeline}
          operators={operators}
          problemsOf={problemsOf}
          onChange={(pipeline) => onChange({ pipeline })}
        />
      </Part>
      <Part title={t("part.value")} id="part-value">
        <ValueFields draft={draft} onChange={onChange} />
      </Part>
      <Part title={t("part.look")} id="part-look">
        <Look draft={draft} onChange={onChange} />
      </Part>
      <Part title={t("part.words")} id="part-words">
        <LocalizedField label={t("method")} rows={5} value={draft.method} onChange={(method) => onChange({ method })} />
        <TextField
          label={t("formula")}
          code
          value={draft.formula ?? ""}
          onChange={(formula) => onChange({ formula })}
        />
        <LocalizedField label={t("source")} value={draft.source} onChange={(source) => onChange({ source })} />
      </Part>
      <Part title={t("part.more")} id="part-more">
        <JsonField
          label={t("thresholds")}
          hint={t("thresholdsHint")}
          value={draft.thresholds}
          onChange={(value) => onChange({ thresholds: Array.isArray(value) ? (value as Draft["thresholds"]) : [] })}
        />
        <JsonField
          label={t("seeds")}
          hint={t("seedsHint")}
          value={draft.seeds}
          onChange={(value) => onChange({ seeds: Array.isArray(value) ? (value as Draft["seeds"]) : [] })}
        />
      </Part>
    </div>
  );
}

type PartProps = Pick<Props, "draft" | "onChange">;

function Names({ draft, onChange, isNew }: PartProps & { isNew: boolean }) {
  const { t } = useTranslation("editor");
  const lang = useLang();
  const domains = useQuery(cityQuery()).data?.domains ?? [];
  const wrongId = draft.id !== "" && !isSlug(draft.id) ? t("idWrong") : null;
  return (
    <>
      {isNew ? (
        <TextField
          label={t("id")}
          hint={t("idHint")}
          problem={wrongId}
          code
          maxLength={80}
          value={draft.id}
          onChange={(id) => onChange({ id })}
        />
      ) : null}
      <ChoiceField
        label={t("domain")}
        value={draft.domain}
        options={domains.map((domain) => ({ id: domain.id, label: domain.name[lang] }))}
        onChange={(domain) => onChange({ domain })}
      />
      <LocalizedField label={t("name")} value={draft.name} onChange={(name) => onChange({ name })} />
      <LocalizedField label={t("question")} value={draft.question} onChange={(question) => onChange({ question })} />
      <LocalizedField label={t("measures")} value={draft.measures} onChange={(measures) => onChange({ measures })} />
    </>
  );
}

function ValueFields({ draft, onChange }: PartProps) {
  const { t } = useTranslation("editor");
  const { t: words } = useTranslation("statistics");
  const lang = useLang();
  const known = durationMs(draft.window) !== null;
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label={t("unit")}
          hint={t("unitHint", { unit: unitText(draft.unit, lang) || words("noUnit") })}
          code
          value={draft.unit}
          onChange={(unit) => onChange({ unit })}
        />
        <NumberField
          label={t("decimals")}
          step={1}
          min={0}
          max={6}
          value={draft.decimals}
          onChange={(decimals) => onChange({ decimals: decimals ?? 0 })}
        />
      </div>
      <div className={styles.pair}>
        <TextField
          label={t("window")}
          code
          hint={known ? formatIsoDuration(draft.window, lang) : undefined}
          problem={known ? null : t("windowWrong")}
          value={draft.window}
          onChange={(window) => onChange({ window })}
        />
        <NumberField
          label={t("refresh")}
          hint={t("refreshHint")}
          step={1}
          min={1}
          value={draft.refreshSeconds}
          onChange={(seconds) => onChange({ refreshSeconds: seconds ?? 3600 })}
        />
      </div>
      <div className={styles.pair}>
        <NumberField
          label={t("completeness")}
          hint={t("completenessHint")}
          step={0.05}
          min={0}
          max={1}
          value={draft.completeness}
          onChange={(completeness) => onChange({ completeness: completeness ?? 0 })}
        />
        <ChoiceField
          label={words("rollUp")}
          value={draft.rollUp}
          options={rollUps.map((id) => ({ id, label: words(`rollUps.${id}`) }))}
          onChange={(rollUp) => onChange({ rollUp: rollUp as Draft["rollUp"] })}
        />
      </div>
      <ListField
        label={t("groups")}
        hint={t("groupsHint")}
        value={draft.groups}
        onChange={(groups) => onChange({ groups })}
      />
    </>
  );
}

function Look({ draft, onChange }: PartProps) {
  const { t } = useTranslation("editor");
  const { t: words } = useTranslation("statistics");
  const kinds = chartKinds.map((id) => ({ id, label: words(`kinds.${id}`) }));
  return (
    <>
      <ChoiceField
        label={t("chart")}
        value={draft.chart}
        options={kinds}
        onChange={(chart) => onChange({ chart: chart as ChartKind, also: draft.also.filter((kind) => kind !== chart) })}
      />
      <ChecksField
        label={t("also")}
        value={draft.also}
        options={kinds.filter((kind) => kind.id !== draft.chart)}
        onChange={(also) => onChange({ also: also as ChartKind[] })}
      />
      <ChecksField
        label={words("audience")}
        value={draft.audience}
        options={audiences.map((id) => ({ id, label: words(`facetValue.audience.${id}`) }))}
        onChange={(audience) => onChange({ audience: audience as Draft["audience"] })}
      />
      <TargetFields target={draft.target} onChange={(target) => onChange({ target })} />
    </>
  );
}
