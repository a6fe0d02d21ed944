import { useTranslation } from "react-i18next";
import type { Basis } from "@ioc/contracts";
import { ChoiceField, NumberField, TextField } from "./fields.tsx";
import type { Draft } from "./draft.ts";
import styles from "./editor.module.css";

interface Props {
  target: Draft["target"];
  onChange: (target: Draft["target"]) => void;
}

type Target = NonNullable<Draft["target"]>;

const bases = ["project", "operational", "borrowed", "official"] as const satisfies readonly Basis[];
const fresh: Target = { op: ">=", value: 0, basis: "project", source: "Project setting" };

/** The target of a statistic, or none. */
export function TargetFields({ target, onChange }: Props) {
  const { t } = useTranslation("editor");
  const { t: common } = useTranslation();
  return (
    <fieldset className={styles.target}>
      <legend>{t("target")}</legend>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={target !== null}
          onChange={(event) => onChange(event.target.checked ? fresh : null)}
        />
        {t("hasTarget")}
      </label>
      {target ? (
        <>
          <div className={styles.pair}>
            <ChoiceField
              label={t("targetOp")}
              value={target.op}
              options={[
                { id: ">=", label: t("op.atLeast") },
                { id: "<=", label: t("op.atMost") },
                { id: "<", label: t("op.below") },
              ]}
              onChange={(op) => onChange({ ...target, op: op as Target["op"] })}
            />
            <NumberField
              label={t("targetValue")}
              value={target.value}
              onChange={(value) => onChange({ ...target, value: value ?? 0 })}
            />
          </div>
          <div className={styles.pair}>
            <ChoiceField
              label={t("targetBasis")}
              value={target.basis}
              options={bases.map((id) => ({ id, label: common(`basis.${id}`) }))}
              onChange={(basis) => onChange({ ...target, basis: basis as Target["basis"] })}
            />
            <TextField
              label={t("targetSource")}
              value={target.source}
              onChange={(source) => onChange({ ...target, source })}
            />
          </div>
          <div className={styles.pair}>
            <TextField
              label={t("targetOf")}
              hint={t("targetOfHint")}
              code
              value={target.of ?? ""}
              onChange={(of) => onChange(withOptional(target, "of", of))}
            />
            <TextField
              label={t("targetUnit")}
              code
              value={target.unit ?? ""}
              onChange={(unit) => onChange(withOptional(target, "unit", unit))}
            />
          </div>
        </>
      ) : null}
    </fieldset>
  );
}

/** An empty text is no value. */
function withOptional(target: Target, key: "of" | "unit", text: string): Target {
  const { [key]: _before, ...rest } = target;
  return text.trim() === "" ? rest : { ...rest, [key]: text };
}
