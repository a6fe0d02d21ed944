import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { WarningItem } from "@ioc/contracts";
import { useLang } from "../../texts/index.ts";
import { LevelText, SeverityBadge } from "../../ui/controls/index.ts";
import { readableExpression } from "../alerts/expression.ts";
import { thresholdsIn } from "./thresholds-in.ts";
import type { Trial } from "./trial.ts";
import styles from "./warnings.module.css";

interface Props {
  definition: WarningItem;
  trial: Trial;
  onTrial: (trial: Trial) => void;
}

/** Thresholds and durations of a trial, level by level. */
export function TrialFields({ definition, trial, onTrial }: Props) {
  const { t } = useTranslation("warnings");
  const lang = useLang();
  const change = (index: number, level: Partial<Trial["levels"][number]>) =>
    onTrial({ ...trial, levels: trial.levels.map((one, i) => (i === index ? { ...one, ...level } : one)) });
  return (
    <div className={styles.fields}>
      {definition.levels.map((level, index) => {
        const own = trial.levels[index] ?? { thresholds: [], minutes: 0 };
        return (
          <fieldset key={level.level} className={styles.level}>
            <legend className={styles.levelName}>
              <SeverityBadge severity={level.severity} size={20} silent />{" "}
              <LevelText scale={definition.scale} level={level.level} short />
              {level.name ? ` – ${level.name[lang]}` : ""}
            </legend>
            <p>
              <code>{readableExpression(level.when, lang)}</code>
            </p>
            {thresholdsIn(level.when).map((threshold, place) => (
              <NumberInput
                key={`${threshold.comparison} ${threshold.start}`}
                label={readableExpression(threshold.comparison, lang)}
                value={own.thresholds[place] ?? threshold.value}
                onValue={(value) =>
                  change(index, { thresholds: own.thresholds.map((one, i) => (i === place ? value : one)) })
                }
              />
            ))}
            <NumberInput
              label={t("heldMinutes")}
              value={own.minutes}
              min={0}
              onValue={(minutes) => change(index, { minutes })}
            />
          </fieldset>
        );
      })}
      <NumberInput
        label={t("clearMinutes")}
        value={trial.clearMinutes}
        min={0}
        onValue={(clearMinutes) => onTrial({ ...trial, clearMinutes })}
      />
    </div>
  );
}

interface NumberProps {
  label: string;
  value: number;
  min?: number;
  onValue: (value: number) => void;
}

/** What is no number yet, while it is being typed, leaves the value as it is. */
function NumberInput({ label, value, min, onValue }: NumberProps) {
  const id = useId();
  return (
    <p className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        step="any"
        min={min}
        defaultValue={value}
        onChange={({ target }) => {
          if (target.value !== "" && target.validity.valid) onValue(target.valueAsNumber);
        }}
      />
    </p>
  );
}
