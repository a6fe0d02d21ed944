import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { StatisticInput } from "@ioc/contracts";
import { datasetsQuery, kindsQuery } from "../../../data/index.ts";
import { capitalised, useLang } from "../../../texts/index.ts";
import { Button } from "../../../ui/controls/index.ts";
import { Icon } from "../../../ui/icons/index.ts";
import { ChecksField, ChoiceField } from "./fields.tsx";
import { rowKey, withRow } from "./row-keys.ts";
import styles from "./editor.module.css";

interface Props {
  inputs: readonly StatisticInput[];
  onChange: (inputs: StatisticInput[]) => void;
}

/** What a definition reads: properties of kinds of station, columns of datasets. */
export function InputsEditor({ inputs, onChange }: Props) {
  const { t } = useTranslation("editor");
  const kinds = useQuery(kindsQuery()).data?.items ?? [];
  const datasets = useQuery(datasetsQuery()).data?.items ?? [];
  const change = (index: number, input: StatisticInput) => onChange(withRow(inputs, index, input));
  return (
    <div className={styles.inputs}>
      {inputs.map((input, index) => (
        <div key={rowKey(input)} className={styles.input}>
          {"kind" in input ? (
            <KindFields input={input} kinds={kinds} onChange={(next) => change(index, next)} />
          ) : (
            <DatasetFields input={input} datasets={datasets} onChange={(next) => change(index, next)} />
          )}
          <Button kind="quiet" onClick={() => onChange(inputs.toSpliced(index, 1))}>
            <Icon name="trash" size={16} /> {t("removeInput")}
          </Button>
        </div>
      ))}
      <div className={styles.row}>
        <Button onClick={() => onChange([...inputs, { kind: kinds[0]?.id ?? "", properties: [] }])}>
          <Icon name="plus" size={16} /> {t("addStations")}
        </Button>
        <Button onClick={() => onChange([...inputs, { dataset: datasets[0]?.id ?? "", columns: [] }])}>
          <Icon name="plus" size={16} /> {t("addDataset")}
        </Button>
      </div>
    </div>
  );
}

type OfKind = Extract<StatisticInput, { kind: string }>;
type OfDataset = Extract<StatisticInput, { dataset: string }>;

/** An id that the lists do not know is offered too, so that nothing is changed by looking. */
function withOwn(options: { id: string; label: string }[], ids: readonly string[]): { id: string; label: string }[] {
  return [...options, ...ids.filter((id) => !options.some((one) => one.id === id)).map((id) => ({ id, label: id }))];
}

function KindFields({
  input,
  kinds,
  onChange,
}: {
  input: OfKind;
  kinds: readonly {
    id: string;
    name: { vi: string; en: string };
    properties: readonly { id: string; name: { vi: string; en: string } }[];
  }[];
  onChange: (input: OfKind) => void;
}) {
  const { t } = useTranslation("editor");
  const lang = useLang();
  const kind = kinds.find((one) => one.id === input.kind);
  const named = kinds
    .map((one) => ({ id: one.id, label: capitalised(one.name[lang]) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, "vi"));
  return (
    <>
      <ChoiceField
        label={t("kind")}
        value={input.kind}
        options={withOwn(named, [input.kind])}
        onChange={(id) => onChange({ kind: id, properties: [] })}
      />
      <ChecksField
        label={t("properties")}
        value={input.properties}
        options={withOwn(
          (kind?.properties ?? []).map((property) => ({ id: property.id, label: property.name[lang] })),
          input.properties,
        )}
        onChange={(properties) => onChange({ ...input, properties })}
      />
    </>
  );
}

function DatasetFields({
  input,
  datasets,
  onChange,
}: {
  input: OfDataset;
  datasets: readonly {
    id: string;
    name: { vi: string; en: string };
    columns: readonly { id: string; name?: { vi: string; en: string } | undefined }[];
  }[];
  onChange: (input: OfDataset) => void;
}) {
  const { t } = useTranslation("editor");
  const lang = useLang();
  const dataset = datasets.find((one) => one.id === input.dataset);
  const named = datasets
    .map((one) => ({ id: one.id, label: one.name[lang] }))
    .toSorted((a, b) => a.label.localeCompare(b.label, "vi"));
  return (
    <>
      <ChoiceField
        label={t("dataset")}
        value={input.dataset}
        options={withOwn(named, [input.dataset])}
        onChange={(id) => onChange({ dataset: id, columns: [] })}
      />
      <ChecksField
        label={t("columns")}
        value={input.columns}
        options={withOwn(
          (dataset?.columns ?? []).map((column) => ({ id: column.id, label: column.name?.[lang] ?? column.id })),
          input.columns,
        )}
        onChange={(columns) => onChange({ ...input, columns })}
      />
    </>
  );
}
