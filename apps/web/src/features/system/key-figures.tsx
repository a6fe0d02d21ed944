import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SystemReport } from "@ioc/contracts";
import { formatNumber, formatShare, noValue } from "@ioc/charts/format";
import { formatDuration } from "@ioc/charts/time";
import { useLang } from "../../texts/index.ts";
import { formatBytes } from "./bytes.ts";
import styles from "./system.module.css";

/** The figures that tell whether the system keeps up. */
export function KeyFigures({ report }: { report: SystemReport }) {
  const { t } = useTranslation("system");
  const lang = useLang();
  const { intake, quarantine, storage, reads, process } = report;
  const { disk } = storage;
  const number = (value: number, decimals = 0) => formatNumber(value, lang, decimals);
  const milliseconds = (value: number) => number(value, value < 100 ? 1 : 0);
  return (
    <dl className={styles.figures}>
      <Figure
        label={t("figures.rate")}
        note={t("figures.outcomes", {
          stored: number(intake.outcomes.stored),
          corrected: number(intake.outcomes.corrected),
          duplicate: number(intake.outcomes.duplicate),
        })}
      >
        {number(intake.perSecond, intake.perSecond < 100 ? 1 : 0)}
      </Figure>
      <Figure label={t("figures.lag")} note={t("figures.lagNote")}>
        {intake.lagSeconds === null ? noValue : formatDuration(Math.round(intake.lagSeconds) * 1000, lang)}
      </Figure>
      <Figure
        label={t("figures.acknowledge")}
        note={
          intake.acknowledgeMs ? t("figures.p99", { ms: milliseconds(intake.acknowledgeMs.p99) }) : t("figures.noneYet")
        }
      >
        {intake.acknowledgeMs ? `${milliseconds(intake.acknowledgeMs.median)}\u00a0ms` : noValue}
      </Figure>
      <Figure
        label={t("figures.queue")}
        note={t("figures.queueNote", {
          share: formatShare(intake.pending / intake.pendingLimit, lang, 1),
          limit: number(intake.pendingLimit),
        })}
      >
        {number(intake.pending)}
      </Figure>
      <Figure
        label={t("figures.quarantine")}
        note={t("figures.quarantineNote", {
          count: intake.outcomes.quarantined,
          formatted: number(intake.outcomes.quarantined),
        })}
      >
        {number(quarantine.total)}
      </Figure>
      <Figure
        label={t("figures.disk")}
        note={
          disk
            ? t("figures.diskNote", {
                share: formatShare(disk.freeBytes / disk.totalBytes, lang),
                total: formatBytes(disk.totalBytes, lang),
              })
            : t("figures.diskUnknown")
        }
      >
        {disk ? formatBytes(disk.freeBytes, lang) : noValue}
      </Figure>
      <Figure
        label={t("figures.slow")}
        note={
          reads.longestMs === null
            ? t("figures.slowNone", { ms: number(reads.slowMs) })
            : t("figures.slowNote", { ms: number(reads.slowMs), longest: number(reads.longestMs) })
        }
      >
        {number(reads.slow)}
      </Figure>
      <Figure
        label={t("figures.memory")}
        note={t("figures.processNote", {
          delay: number(process.delayMaxMs),
          count: process.liveClients,
          clients: number(process.liveClients),
        })}
      >
        {formatBytes(process.memoryBytes, lang)}
      </Figure>
    </dl>
  );
}

function Figure({ label, note, children }: { label: string; note: string; children: ReactNode }) {
  return (
    <div className={styles.figure}>
      <dt>{label}</dt>
      <dd>
        <span className={styles.main}>{children}</span>
        <span className={styles.note}>{note}</span>
      </dd>
    </div>
  );
}
