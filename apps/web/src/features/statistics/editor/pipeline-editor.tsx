import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OperatorItem } from "@ioc/contracts";
import { useLang } from "../../../texts/index.ts";
import { Button } from "../../../ui/controls/index.ts";
import { Icon } from "../../../ui/icons/index.ts";
import { movedStep } from "./draft.ts";
import type { DraftStep } from "./draft.ts";
import { rowKey, withRow } from "./row-keys.ts";
import { StepForm } from "./step-form.tsx";
import styles from "./editor.module.css";

interface Props {
  steps: readonly DraftStep[];
  operators: readonly OperatorItem[];
  /** Problems of each step, in its place. */
  problemsOf: (index: number) => readonly string[];
  onChange: (steps: DraftStep[]) => void;
}

/** What a pipeline gives after its first `count` steps; `nothing` before the first. */
function shapeAfter(steps: readonly DraftStep[], operators: readonly OperatorItem[], count: number): string {
  const last = steps[count - 1];
  return last ? (operators.find((one) => one.op === last.op)?.gives ?? "") : "nothing";
}

/** The steps in order; between them only what fits is offered. */
export function PipelineEditor({ steps, operators, problemsOf, onChange }: Props) {
  const { t } = useTranslation("editor");
  return (
    <div className={styles.pipeline}>
      <ol>
        {steps.map((step, index) => (
          <li key={rowKey(step)}>
            <StepCard
              {...{ steps, operators, step, index, onChange }}
              problems={problemsOf(index)}
              shape={shapeAfter(steps, operators, index)}
            />
          </li>
        ))}
      </ol>
      {steps.length === 0 ? <p className={styles.hint}>{t("noSteps")}</p> : null}
      <AddStep
        operators={operators}
        before={shapeAfter(steps, operators, steps.length)}
        onAdd={(op) => onChange([...steps, { op }])}
      />
    </div>
  );
}

interface CardProps {
  steps: readonly DraftStep[];
  operators: readonly OperatorItem[];
  step: DraftStep;
  index: number;
  problems: readonly string[];
  /** What comes in. */
  shape: string;
  onChange: (steps: DraftStep[]) => void;
}

function StepCard({ steps, operators, step, index, problems, shape, onChange }: CardProps) {
  const { t } = useTranslation("editor");
  const lang = useLang();
  const [inserting, setInserting] = useState(false);
  const operator = operators.find((one) => one.op === step.op);
  const misfit = operator && operator.takes !== shape ? t("misfit", { takes: operator.takes, shape }) : null;
  const wrong = [...(misfit && problems.length === 0 ? [misfit] : []), ...problems];
  return (
    <>
      <details
        id={`step-${index}`}
        className={styles.step}
        data-wrong={wrong.length > 0 || undefined}
        open={wrong.length > 0 ? true : undefined}
      >
        <summary>
          <span className={styles.stepNumber}>{index + 1}</span> <code>{step.op}</code>
          <span className={styles.stepDoc}>{operator?.doc[lang] ?? t("unknownOperator")}</span>
        </summary>
        {operator ? (
          <p className={styles.hint}>
            {operator.takes === "nothing"
              ? t("firstGives", { gives: operator.gives })
              : t("takesGives", { takes: operator.takes, gives: operator.gives })}
          </p>
        ) : null}
        {wrong.length > 0 ? (
          <ul className={styles.problems}>
            {wrong.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        ) : null}
        <StepForm step={step} operator={operator} onChange={(next) => onChange(withRow(steps, index, next))} />
      </details>
      <div className={styles.stepTools} role="group" aria-label={t("stepTools", { place: index + 1, op: step.op })}>
        <Button
          kind="quiet"
          disabled={index === 0}
          aria-label={t("up")}
          onClick={() => onChange(movedStep(steps, index, index - 1))}
        >
          <Icon name="chevron-up" size={16} />
        </Button>
        <Button
          kind="quiet"
          disabled={index === steps.length - 1}
          aria-label={t("down")}
          onClick={() => onChange(movedStep(steps, index, index + 1))}
        >
          <Icon name="chevron-down" size={16} />
        </Button>
        <Button
          kind="quiet"
          aria-expanded={inserting}
          aria-label={t("insert")}
          title={t("insert")}
          onClick={() => setInserting(!inserting)}
        >
          <Icon name="plus" size={16} />
        </Button>
        <Button
          kind="quiet"
          aria-label={t("removeStep")}
          title={t("removeStep")}
          onClick={() => onChange(steps.toSpliced(index, 1))}
        >
          <Icon name="trash" size={16} />
        </Button>
      </div>
      {inserting ? (
        <AddStep
          operators={operators}
          before={operator?.gives ?? ""}
          onAdd={(op) => {
            setInserting(false);
            onChange(steps.toSpliced(index + 1, 0, { op }));
          }}
        />
      ) : null}
    </>
  );
}

interface AddProps {
  operators: readonly OperatorItem[];
  /** What the step before gives. */
  before: string;
  onAdd: (op: string) => void;
}

/** Chooses among the operators that take what the step before gives. */
function AddStep({ operators, before, onAdd }: AddProps) {
  const { t } = useTranslation("editor");
  const lang = useLang();
  const [chosen, setChosen] = useState("");
  const fitting = operators.filter((operator) => operator.takes === before);
  const own = fitting.find((operator) => operator.op === chosen);
  return (
    <div className={styles.addStep}>
      <label>
        <span>{before === "nothing" ? t("addFirst") : t("addStep", { shape: before })}</span>
        <select value={own?.op ?? ""} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{fitting.length === 0 ? t("nothingFits") : t("chooseOperator")}</option>
          {fitting.map((operator) => (
            <option key={operator.op} value={operator.op}>
              {operator.op} → {operator.gives}
            </option>
          ))}
        </select>
      </label>
      <Button
        disabled={!own}
        onClick={() => {
          if (!own) return;
          setChosen("");
          onAdd(own.op);
        }}
      >
        {t("addThisStep")}
      </Button>
      {own ? <p className={styles.hint}>{own.doc[lang]}</p> : null}
    </div>
  );
}
