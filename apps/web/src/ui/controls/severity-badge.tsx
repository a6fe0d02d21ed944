import { useTranslation } from "react-i18next";
import { severityStyles } from "@ioc/charts/tokens";
import type { SeverityShape } from "@ioc/charts/tokens";
import type { Severity } from "@ioc/contracts";
import styles from "./severity-badge.module.css";

/** Outlines on 40 × 40 units, inset so that a stroke of 4 units stays inside. */
const shapes: Record<SeverityShape, string> = {
  circle: "M20 2.5a17.5 17.5 0 1 1 0 35 17.5 17.5 0 1 1 0-35Z",
  square: "M4.5 3h31A1.5 1.5 0 0 1 37 4.5v31a1.5 1.5 0 0 1-1.5 1.5h-31A1.5 1.5 0 0 1 3 35.5v-31A1.5 1.5 0 0 1 4.5 3Z",
  triangle: "M20 2.5 38.5 36.5h-37Z",
  diamond: "M20 1.5 38.5 20 20 38.5 1.5 20Z",
};

/** Bars of 4 × 13 units with gaps of 3, centred; in the triangle at two thirds of the height. */
export function barsOf(shape: SeverityShape, bars: number): { x: number; y: number }[] {
  const left = 20 - (bars * 4 + (bars - 1) * 3) / 2;
  const y = (shape === "triangle" ? 26 : 20) - 6.5;
  return Array.from({ length: bars }, (_, i) => ({ x: left + i * 7, y }));
}

export function shapePath(shape: SeverityShape): string {
  return shapes[shape];
}

interface Props {
  severity: Severity;
  /** px, at least 20; bars are drawn from 24 px. */
  size?: number;
  /** Outline only: a condition that is pending or recovering, or cleared. */
  hollow?: boolean;
  /** A ring that goes on and off five times, then stays: a new Severe or Extreme alert. */
  ring?: boolean;
  /** Decoration beside the severity in words. */
  silent?: boolean;
}

/** Severity by shape, bars and colour; the word is in its label. */
export function SeverityBadge({ severity, size = 24, hollow = false, ring = false, silent = false }: Props) {
  const { t } = useTranslation();
  const style = severityStyles[severity];
  const name = severity.toLowerCase();
  const fill = hollow ? "none" : `var(--c-sev-${name})`;
  const outline = hollow ? `var(--c-text-2)` : `var(--c-sev-${name}-outline)`;
  const ink = hollow ? "var(--c-text-2)" : `var(--c-sev-${name}-ink)`;
  const unit = 40 / size;
  const aria = silent ? { "aria-hidden": true } : { role: "img", "aria-label": t(`severity.${severity}`) };
  return (
    <svg
      viewBox="0 0 40 40"
      width={size}
      height={size}
      data-severity={severity}
      className={`${styles.badge} ${ring ? styles.ring : ""}`}
      {...aria}
    >
      <path
        d={shapes[style.shape]}
        fill={fill}
        stroke={outline}
        strokeWidth={(style.outlineWidth || 1.5) * unit}
        strokeLinejoin="round"
      />
      {size >= 24
        ? barsOf(style.shape, style.bars).map(({ x, y }) => (
            <rect key={x} x={x} y={y} width={4} height={13} fill={ink} />
          ))
        : null}
    </svg>
  );
}
