import { useTranslation } from "react-i18next";
import type { LocalizedText, OperatorItem } from "@ioc/contracts";
import type { DraftStep } from "./draft.ts";
import { ChoiceField, JsonField, ListField, LocalizedField, NumberField, TextField } from "./fields.tsx";
import { fieldsOf } from "./schema-fields.ts";
import type { SchemaField } from "./schema-fields.ts";
import styles from "./editor.module.css";

interface Props {
  step: DraftStep;
  operator: OperatorItem | undefined;
  onChange: (step: DraftStep) => void;
}

/** Parameters of one step, each in the simplest field that can hold it. */
export function StepForm({ step, operator, onChange }: Props) {
  const { t } = useTranslation("editor");
  const { op, ...parameters } = step;
  if (!operator)
    return (
      <JsonField
        label={t("parameters")}
        hint={t("parametersOf", { op })}
        value={parameters}
        onChange={(value) => onChange({ ...(isRecord(value) ? value : {}), op })}
      />
    );
  const fields = fieldsOf(operator.parameters);
  const set = (key: string, value: unknown) => {
    const next: DraftStep = { ...step };
    if (value === undefined || value === "") delete next[key];
    else next[key] = value;
    onChange(next);
  };
  if (fields.length === 0) return <p className={styles.hint}>{t("noParameters")}</p>;
  return (
    <div className={styles.parameters}>
      {fields.map((field) => (
        <Parameter key={field.key} field={field} value={step[field.key]} onChange={(value) => set(field.key, value)} />
      ))}
    </div>
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is LocalizedText =>
  isRecord(value) && typeof value["vi"] === "string" && typeof value["en"] === "string";

interface ParameterProps {
  field: SchemaField;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** A value that its simple field cannot show is edited as JSON: nothing is lost. */
function Parameter({ field, value, onChange }: ParameterProps) {
  const { t } = useTranslation("editor");
  const { key, kind, required, description, standard } = field;
  const label = required ? `${key} *` : key;
  const usual = standard === undefined ? "" : t("standard", { value: JSON.stringify(standard) });
  const hint = [description, usual].filter((part) => part !== "").join(" ");
  const common = { label, hint };
  const none = value === undefined;
  if (kind.type === "text" && (none || typeof value === "string"))
    return <TextField {...common} value={value ?? ""} onChange={onChange} code />;
  if (kind.type === "number" && (none || typeof value === "number"))
    return <NumberField {...common} value={value} onChange={onChange} step={kind.whole ? 1 : "any"} />;
  if (kind.type === "boolean" && (none || typeof value === "boolean"))
    return (
      <ChoiceField
        {...common}
        value={none ? "" : String(value)}
        onChange={(text) => onChange(text === "" ? undefined : text === "true")}
        options={[
          { id: "", label: t("notGiven") },
          { id: "true", label: t("yes") },
          { id: "false", label: t("no") },
        ]}
      />
    );
  if (kind.type === "choice" && (none || typeof value === "string"))
    return (
      <ChoiceField
        {...common}
        value={value ?? ""}
        onChange={(text) => onChange(text === "" ? undefined : text)}
        options={[{ id: "", label: t("notGiven") }, ...kind.options.map((id) => ({ id, label: id }))]}
      />
    );
  if (kind.type === "texts" && (none || (Array.isArray(value) && value.every((one) => typeof one === "string"))))
    return (
      <ListField
        {...common}
        hint={[hint, t("listHint")].filter(Boolean).join(" ")}
        value={value ?? []}
        onChange={(list) => onChange(list.length > 0 ? list : undefined)}
      />
    );
  if (kind.type === "numbers" && (none || (Array.isArray(value) && value.every((one) => typeof one === "number"))))
    return (
      <ListField
        {...common}
        hint={[hint, t("listHint")].filter(Boolean).join(" ")}
        value={(value ?? []).map(String)}
        onChange={(list) => {
          const numbers = list.map(Number).filter((one) => Number.isFinite(one));
          onChange(numbers.length > 0 ? numbers : undefined);
        }}
      />
    );
  if (kind.type === "localized" && (none || isTexts(value)))
    return <LocalizedField label={label} value={value ?? { vi: "", en: "" }} onChange={onChange} />;
  return <JsonField {...common} value={value} onChange={onChange} />;
}
