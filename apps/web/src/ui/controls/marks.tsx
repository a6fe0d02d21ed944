import { useTranslation } from "react-i18next";
import type { Alert, Basis, LevelScale, QualityFlag, StationState } from "@ioc/contracts";
import { formatShare, formatValue } from "@ioc/charts/format";
import { formatAsOf, formatDateTime, formatStaleness } from "@ioc/charts/time";
import { unitSpoken } from "@ioc/charts/units";
import { useCityNow } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import { Icon } from "../icons/index.ts";
import type { UiGlyph } from "../icons/index.ts";
import styles from "./marks.module.css";

/** Level in words, always with its scale. A level of scale `risk` wears the chip, one of scale `ioc` never does. */
export function LevelText({ scale, level, short = false }: { scale: LevelScale; level: number; short?: boolean }) {
  const { t } = useTranslation();
  if (scale === "risk") return <RiskChip level={level} short={short} proposed />;
  return <span>{t(`level.ioc${Math.min(4, Math.max(1, level)) as 1 | 2 | 3 | 4}`)}</span>;
}

interface RiskChipProps {
  level: number;
  /** No official bulletin has set the level. */
  proposed?: boolean;
  short?: boolean;
}

/** Disaster risk level (Decision 18/2021/QĐ-TTg) in its official colour. Only for levels of scale `risk`. */
function RiskChip({ level, proposed = false, short = false }: RiskChipProps) {
  const { t } = useTranslation();
  const text = t(short ? "level.riskShort" : "level.risk", { level });
  return (
    <span className={styles.risk}>
      <span
        className={styles.riskChip}
        style={{ background: `var(--c-risk-${level})`, color: `var(--c-risk-${level}-ink)` }}
        title={t("level.risk", { level })}
      >
        {text}
      </span>
      {proposed ? <span className={styles.proposed}>{t("level.proposed")}</span> : null}
    </span>
  );
}

/** Whether a threshold is official; its document is the tooltip and is read aloud. */
export function BasisTag({ basis, source }: { basis: Basis; source?: string | null }) {
  const { t } = useTranslation();
  const hint = source ? t(`basis.${basis}Hint`, { source }) : undefined;
  return (
    <span className={styles.basis} data-basis={basis} title={hint}>
      {t(`basis.${basis}`)}
      {hint ? <span className="visually-hidden">. {hint}</span> : null}
    </span>
  );
}

const stateIcons: Partial<Record<StationState, UiGlyph>> = {
  late: "clock",
  stale: "clock",
  offline: "slash",
  maintenance: "wrench",
  doubtful: "question",
  unknown: "minus",
};

/** State of the data of a station or datastream: a glyph and a word, no colour. `age` ms is added to `stale`. */
export function StateChip({ state, age }: { state: StationState; age?: number | null }) {
  const { t } = useTranslation();
  const lang = useLang();
  const icon = stateIcons[state];
  const aged = state === "stale" && age != null;
  return (
    <span className={styles.state} data-state={state}>
      {icon ? <Icon name={icon} size={16} /> : null}
      {aged ? formatStaleness(age, lang) : t(`stationState.${state}`)}
    </span>
  );
}

/** Condition of an alert in words, with what is laid over it (no data, rule error). */
export function ConditionChip({ alert }: { alert: Pick<Alert, "condition" | "stale" | "error"> }) {
  const { t } = useTranslation();
  return (
    <span className={styles.state}>
      {alert.condition === "cleared" ? <Icon name="check" size={16} /> : null}
      {t(`condition.${alert.condition}`)}
      {alert.stale ? (
        <span className={styles.state}>
          <Icon name="clock" size={16} /> {t("condition.stale")}
        </span>
      ) : null}
      {alert.error ? (
        <span className={styles.state} title={alert.error}>
          <Icon name="warning" size={16} /> {t("condition.error")}
        </span>
      ) : null}
    </span>
  );
}

interface ValueProps {
  value: number | null | undefined;
  /** UCUM code. */
  unit: string;
  decimals: number;
  /** A late or old value is drawn weaker. */
  state?: StationState;
  size?: "s" | "m" | "l" | "xl";
}

/** A number with its unit in the reader's language; `—` when there is none, never 0. */
export function Value({ value, unit, decimals, state = "normal", size = "s" }: ValueProps) {
  const lang = useLang();
  const text = formatValue(value, unit, decimals, lang);
  const spoken = unitSpoken(unit, lang);
  const faded = state === "stale" || state === "offline";
  return (
    <span className={`${styles.value} ${styles[size]} ${faded ? styles.faded : ""}`}>
      <span aria-hidden={spoken ? true : undefined}>{text}</span>
      {spoken ? (
        <span className="visually-hidden">
          {formatValue(value, "1", decimals, lang)} {spoken}
        </span>
      ) : null}
    </span>
  );
}

interface AsOfProps {
  /** ms; null: nothing was received. */
  time: number | null | undefined;
  /** Words around the time. */
  mode?: "data" | "updated" | "bare";
  /** How often the age is renewed; 1 s on the wall, 10 s elsewhere. */
  intervalMs?: number;
  /** City time where no live clock runs, for example on the server. */
  now?: number;
}

/** Time of the data with its age. The age ticks outside the accessibility tree. */
export function AsOf({ time, mode = "data", intervalMs = 10_000, now: given }: AsOfProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const live = useCityNow(intervalMs);
  const now = live ?? given ?? null;
  if (time == null) return <span>{t("noData")}</span>;
  const phrase = (text: string) =>
    mode === "bare" ? text : t(mode === "data" ? "dataAt" : "updatedAt", { time: text });
  const plain = formatDateTime(time, lang);
  return (
    <span className={styles.asOf}>
      <time dateTime={new Date(time).toISOString()} className="visually-hidden">
        {phrase(plain)}
      </time>
      <span aria-hidden>{phrase(now === null ? plain : formatAsOf(time, Math.max(now, time), lang))}</span>
    </span>
  );
}

interface QualityMarkProps {
  /** Share of valid intervals, 0..1. */
  coverage?: number | null;
  flag?: QualityFlag | null;
  reasons?: readonly string[];
}

const knownReasons = ["range", "spike", "flat", "drift", "gap", "skew", "late"] as const;
/** What follows is a quality code of the source's own. */
const ofSource = "source:";

/** How good a value is: the share of valid intervals, or the flag of one reading with its reasons. */
export function QualityMark({ coverage, flag, reasons = [] }: QualityMarkProps) {
  const { t } = useTranslation();
  const lang = useLang();
  if (coverage != null) {
    return (
      <span className={coverage < 0.9 ? styles.strong : undefined}>
        {t("valid", { share: formatShare(coverage, lang) })}
      </span>
    );
  }
  if (flag == null) return null;
  const words: string[] = knownReasons
    .filter((reason) => reasons.includes(reason))
    .map((reason) => t(`qualityReason.${reason}`));
  const codes = reasons.filter((reason) => reason.startsWith(ofSource)).map((reason) => reason.slice(ofSource.length));
  if (codes.length > 0) words.push(t("qualityReason.source", { codes: codes.join(" ") }));
  return (
    <span className={styles.state} data-quality={flag}>
      {flag >= 3 ? <Icon name="question" size={16} /> : null}
      {t(`qualityFlag.${flag}`)}
      {words.length > 0 ? ` (${words.join(", ")})` : ""}
    </span>
  );
}
