import { useId, useState } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LocalizedText } from "@ioc/contracts";
import styles from "./editor.module.css";

interface FieldProps {
  label: string;
  /** What is expected, or what was understood. */
  hint?: string | undefined;
  problem?: string | null | undefined;
}

/** Label, hint and problem around one control, tied to it. */
export function Labelled({
  label,
  hint,
  problem,
  children,
}: FieldProps & { children: (ids: { id: string; "aria-describedby": string }) => ReactNode }) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-describedby": `${id}-hint` })}
      <p id={`${id}-hint`} className={problem ? styles.problem : styles.hint}>
        {problem ?? hint}
      </p>
    </div>
  );
}

interface TextProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  maxLength?: number;
  /** Code, not prose. */
  code?: boolean;
}

export function TextField({ value, onChange, rows, maxLength, code, ...rest }: TextProps) {
  const own = { maxLength, spellCheck: !code, className: code ? styles.code : undefined };
  return (
    <Labelled {...rest}>
      {(ids) =>
        rows ? (
          <textarea {...ids} {...own} rows={rows} value={value} onChange={(event) => onChange(event.target.value)} />
        ) : (
          <input {...ids} {...own} value={value} onChange={(event) => onChange(event.target.value)} />
        )
      }
    </Labelled>
  );
}

interface NumberProps extends FieldProps {
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  step?: number | "any";
  min?: number;
  max?: number;
}

export function NumberField({ value, onChange, step = "any", min, max, ...rest }: NumberProps) {
  return (
    <Labelled {...rest}>
      {(ids) => (
        <input
          {...ids}
          type="number"
          step={step}
          min={min}
          max={max}
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value === "" ? undefined : Number(event.target.value))}
        />
      )}
    </Labelled>
  );
}

interface ChoiceProps extends FieldProps {
  value: string;
  options: readonly { id: string; label: string }[];
  onChange: (value: string) => void;
}

export function ChoiceField({ value, options, onChange, ...rest }: ChoiceProps) {
  return (
    <Labelled {...rest}>
      {(ids) => (
        <select {...ids} value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

interface ChecksProps {
  label: string;
  value: readonly string[];
  options: readonly { id: string; label: string }[];
  onChange: (value: string[]) => void;
}

/** Several of a list; the order is that of the list. */
export function ChecksField({ label, value, options, onChange }: ChecksProps) {
  return (
    <fieldset className={styles.checks}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.id}>
          <input
            type="checkbox"
            checked={value.includes(option.id)}
            onChange={(event) =>
              onChange(
                options
                  .map((one) => one.id)
                  .filter((id) => (id === option.id ? event.target.checked : value.includes(id))),
              )
            }
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}

interface LocalizedProps {
  label: string;
  value: LocalizedText;
  onChange: (value: LocalizedText) => void;
  rows?: number;
}

/** The same text in Vietnamese and English. */
export function LocalizedField({ label, value, onChange, rows }: LocalizedProps) {
  const { t } = useTranslation("editor");
  return (
    <div className={styles.pair} role="group" aria-label={label}>
      {(["vi", "en"] as const).map((lang) => (
        <TextField
          key={lang}
          label={`${label} · ${t(`language.${lang}`)}`}
          value={value[lang]}
          onChange={(text) => onChange({ ...value, [lang]: text })}
          {...(rows ? { rows } : {})}
        />
      ))}
    </div>
  );
}

interface JsonProps extends FieldProps {
  value: unknown;
  onChange: (value: unknown) => void;
  rows?: number;
}

const jsonText = (value: unknown): string => (value === undefined ? "" : JSON.stringify(value, null, 2));

/** A value as JSON text; what cannot be read stays in the field and is not taken. */
export function JsonField({ value, onChange, rows, ...rest }: JsonProps) {
  const { t } = useTranslation("editor");
  const [text, setText] = useState(() => jsonText(value));
  const [taken, setTaken] = useState(value);
  const [problem, setProblem] = useState<string | null>(null);
  // Changed from elsewhere, for example by restoring a version.
  if (value !== taken) {
    setTaken(value);
    if (jsonText(value) !== jsonText(taken)) {
      setText(jsonText(value));
      setProblem(null);
    }
  }
  const change = (next: string) => {
    setText(next);
    try {
      const read: unknown = next.trim() === "" ? undefined : JSON.parse(next);
      setProblem(null);
      setTaken(read);
      onChange(read);
    } catch (error) {
      setProblem(t("notJson", { reason: error instanceof Error ? error.message : "" }));
    }
  };
  const lines = Math.min(14, Math.max(2, text.split("\n").length));
  return <TextField {...rest} code problem={problem} rows={rows ?? lines} value={text} onChange={change} />;
}

interface ListProps extends FieldProps {
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** A list of words, with commas between. What is typed stays as it is until the field is left. */
export function ListField({ value, onChange, ...rest }: ListProps) {
  const [text, setText] = useState<string | null>(null);
  const read = (typed: string): string[] =>
    typed
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "");
  return (
    <Labelled {...rest}>
      {(ids) => (
        <input
          {...ids}
          spellCheck={false}
          value={text ?? value.join(", ")}
          onChange={(event) => {
            setText(event.target.value);
            onChange(read(event.target.value));
          }}
          onBlur={() => setText(null)}
        />
      )}
    </Labelled>
  );
}
