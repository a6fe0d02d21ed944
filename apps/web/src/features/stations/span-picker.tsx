import { useId, useState } from "react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useCityNow } from "../../data/live/index.ts";
import { Button } from "../../ui/controls/index.ts";
import { boundsOf, dayText, presets, spanOfDays } from "./span.ts";
import type { Span } from "./span.ts";
import styles from "./history.module.css";

interface Props {
  span: Span;
  onSpan: (span: Span) => void;
}

/** Spans that end now, and own days. Arrow keys move through the spans as in any group of radio buttons. */
export function SpanPicker({ span, onSpan }: Props) {
  const { t } = useTranslation("stations");
  const name = useId();
  const shown = "preset" in span ? span.preset : "own";
  const [opened, setOpened] = useState(false);
  const own = shown === "own" || opened;
  return (
    <div className={styles.spans}>
      <fieldset className={styles.segments}>
        <legend className="visually-hidden">{t("span.label")}</legend>
        {presets.map((preset) => (
          <label key={preset} title={t(`span.long.${preset}`)}>
            <input
              type="radio"
              name={name}
              checked={!own && preset === shown}
              onChange={() => {
                setOpened(false);
                onSpan({ preset });
              }}
            />
            <span>{t(`span.short.${preset}`)}</span>
          </label>
        ))}
        <label title={t("span.long.own")}>
          <input type="radio" name={name} checked={own} onChange={() => setOpened(true)} />
          <span>{t("span.short.own")}</span>
        </label>
      </fieldset>
      {own ? (
        <DayFields
          span={span}
          onSpan={(days) => {
            setOpened(false);
            onSpan(days);
          }}
        />
      ) : null}
    </div>
  );
}

/** First and last day. Nothing is asked before the button, so that a half-typed year asks for nothing. */
function DayFields({ span, onSpan }: Props) {
  const { t } = useTranslation("stations");
  const id = useId();
  const now = useCityNow(60_000) ?? 0;
  const [begun] = useState(() => daysOf(span, now));
  const [from, setFrom] = useState(begun.fromDay);
  const [to, setTo] = useState(begun.toDay);
  const [wrong, setWrong] = useState<"day" | "order" | "future" | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const asked = spanOfDays(from, to, now);
    setWrong("wrong" in asked ? asked.wrong : null);
    if ("span" in asked) onSpan(asked.span);
  };
  const field = { type: "date", required: true, max: dayText(now), "aria-describedby": `${id}-wrong` } as const;
  return (
    <form className={styles.days} onSubmit={submit} noValidate>
      <label>
        <span>{t("span.from")}</span>
        <input {...field} value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label>
        <span>{t("span.to")}</span>
        <input {...field} value={to} onChange={(event) => setTo(event.target.value)} />
      </label>
      <Button type="submit">{t("span.show")}</Button>
      <p id={`${id}-wrong`} className={styles.wrong} role="alert">
        {wrong ? t(`span.wrong.${wrong}`) : ""}
      </p>
    </form>
  );
}

/** The days the fields begin with: those that are shown. */
function daysOf(span: Span, now: number): { fromDay: string; toDay: string } {
  if ("fromDay" in span) return span;
  const { from, to } = boundsOf(span, now);
  return { fromDay: dayText(from), toDay: dayText(to - 1) };
}
