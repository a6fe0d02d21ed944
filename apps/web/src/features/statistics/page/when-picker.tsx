import { useId, useRef, useState } from "react";
import type { FormEvent, KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "@ioc/charts/time";
import { useCityNow } from "../../../data/live/index.ts";
import { useLang } from "../../../texts/index.ts";
import { Button } from "../../../ui/controls/index.ts";
import { Icon } from "../../../ui/icons/index.ts";
import { instantText, readInstant } from "./periods.ts";
import styles from "./page.module.css";

interface Props {
  /** City time as of which everything is shown; undefined is now. */
  at: string | undefined;
  onAt: (at: string | undefined) => void;
}

/** Now, or an instant of the past in the city's time. */
export function WhenPicker({ at, onAt }: Props) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const menu = useRef<HTMLDetailsElement>(null);
  const instant = at === undefined ? null : readInstant(at);
  const close = () => {
    if (!menu.current) return;
    menu.current.open = false;
    menu.current.querySelector("summary")?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !menu.current?.open) return;
    event.stopPropagation();
    close();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes what the summary opened
    <details className={styles.when} ref={menu} onKeyDown={onKeyDown}>
      <summary data-chosen={instant !== null || undefined}>
        <Icon name="clock" size={16} />
        <span>{instant === null ? t("when.now") : formatDateTime(instant, lang)}</span>
        <Icon name="chevron-down" size={16} />
      </summary>
      <div className={styles.whenBody}>
        <InstantForm
          key={at ?? ""}
          value={at}
          label={t("when.label")}
          submit={t("when.show")}
          onInstant={(next) => {
            close();
            onAt(next);
          }}
        />
        {instant === null ? null : (
          <Button
            onClick={() => {
              close();
              onAt(undefined);
            }}
          >
            {t("when.back")}
          </Button>
        )}
      </div>
    </details>
  );
}

interface FormProps {
  value: string | undefined;
  label: string;
  submit: string;
  onInstant: (at: string) => void;
}

/** One instant of the past. Nothing is asked before the button, so that a half-typed year asks for nothing. */
export function InstantForm({ value, label, submit, onInstant }: FormProps) {
  const { t } = useTranslation("statistics");
  const id = useId();
  const now = useCityNow(60_000);
  const [text, setText] = useState(value ?? "");
  const [wrong, setWrong] = useState<"none" | "future" | null>(null);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const instant = readInstant(text.slice(0, 16));
    const problem = instant === null ? "none" : now !== null && instant > now ? "future" : null;
    setWrong(problem);
    if (problem === null) onInstant(text.slice(0, 16));
  };
  return (
    <form className={styles.instant} onSubmit={onSubmit} noValidate>
      <label>
        <span>{label}</span>
        <input
          type="datetime-local"
          value={text}
          aria-describedby={`${id}-wrong`}
          aria-invalid={wrong !== null || undefined}
          {...(now === null ? {} : { max: instantText(now) })}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Button type="submit">{submit}</Button>
      <p id={`${id}-wrong`} className={styles.wrong} role="alert">
        {wrong ? t(`when.wrong.${wrong}`) : ""}
      </p>
    </form>
  );
}
