import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { severities } from "@ioc/contracts/severity";
import { areasQuery } from "../../data/index.ts";
import { AreaPicker } from "../../ui/controls/index.ts";
import type { FormDraft } from "./draft.ts";
import styles from "./suppressions.module.css";

export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className={styles.field}>
      <span>{label}</span>
      {children}
    </label>
  );
}

interface DefinitionProps {
  label: string;
  /** Empty: none is chosen. */
  value: string;
  warnings: readonly { id: string; label: string }[];
  onChange: (id: string) => void;
  /** Words for none. */
  none?: string;
}

/** Chooses a warning definition. */
export function DefinitionField({ label, value, warnings, onChange, none = "—" }: DefinitionProps) {
  return (
    <Field label={label}>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{none}</option>
        {warnings.map((one) => (
          <option key={one.id} value={one.id}>
            {one.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface MatchingProps {
  draft: FormDraft;
  warnings: readonly { id: string; label: string }[];
  change: (part: Partial<FormDraft>) => void;
}

/** Which alerts, and when. */
export function Matching({ draft, warnings, change }: MatchingProps) {
  const { t } = useTranslation("suppressions");
  const { t: common } = useTranslation();
  const areas = useQuery(areasQuery()).data?.items ?? [];
  return (
    <>
      <DefinitionField
        label={t("definition")}
        value={draft.definition}
        warnings={warnings}
        onChange={(definition) => change({ definition })}
        none={t("anyDefinition")}
      />
      <AreaPicker areas={areas} value={draft.area} onChange={(area) => change({ area: area === "" ? null : area })} />
      <Field label={t("subject")}>
        <input value={draft.subject} maxLength={200} onChange={(event) => change({ subject: event.target.value })} />
      </Field>
      <fieldset className={styles.severities}>
        <legend>{t("severities")}</legend>
        {severities.toReversed().map((severity) => (
          <label key={severity} className={styles.check}>
            <input
              type="checkbox"
              checked={draft.severities.includes(severity)}
              onChange={(event) =>
                change({
                  severities: severities.filter((one) =>
                    one === severity ? event.target.checked : draft.severities.includes(one),
                  ),
                })
              }
            />
            {common(`severity.${severity}`)}
          </label>
        ))}
      </fieldset>
      <div className={styles.pair}>
        <Field label={t("from")}>
          <input type="datetime-local" value={draft.from} onChange={(event) => change({ from: event.target.value })} />
        </Field>
        <Field label={t("until")}>
          <input
            type="datetime-local"
            value={draft.until}
            onChange={(event) => change({ until: event.target.value })}
          />
        </Field>
      </div>
      {draft.kind === "maintenance" ? (
        <Field label={t("repeat")}>
          <select
            value={draft.repeat}
            onChange={(event) => change({ repeat: event.target.value as FormDraft["repeat"] })}
          >
            <option value="">{t("once")}</option>
            <option value="day">{t("every.day")}</option>
            <option value="week">{t("every.week")}</option>
          </select>
        </Field>
      ) : null}
    </>
  );
}
