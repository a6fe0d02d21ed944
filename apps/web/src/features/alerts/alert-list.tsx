import { useEffect, useId, useMemo, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslation } from "react-i18next";
import type { Alert } from "@ioc/contracts";
import { formatTime } from "@ioc/charts/time";
import { useCityNow } from "../../data/live/index.ts";
import { Button, EmptyState } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import { usePreferences } from "../../ui/preferences.ts";
import { AlertRow } from "./alert-row.tsx";
import { isWork, listKey } from "./list-keys.ts";
import type { WorkCommand } from "./list-keys.ts";
import { useSteadyRows } from "./steady-list.ts";
import styles from "./alerts.module.css";

interface Props {
  /** In the order to show; filters are applied already. */
  alerts: readonly Alert[];
  areaName: (alert: Alert) => string;
  selected: string | null;
  onOpen: (id: string) => void;
  onClose: () => void;
  /** A, R and C on the row that the cursor is on. */
  onWork: (alert: Alert, command: WorkCommand) => void;
  /** Given when filters hide something: offered in the empty state. */
  clearFilters?: (() => void) | undefined;
  /** Words for "nothing there", when it is not the calm of no open alert. */
  empty?: string;
}

/** The alerts as a list box: arrows or J and K move, Enter opens, Escape closes, A acknowledges. Never moves under its reader. */
export function AlertList({ alerts, areaName, selected, onOpen, onClose, onWork, clearFilters, empty }: Props) {
  const { t } = useTranslation("alerts");
  const { t: common } = useTranslation();
  const now = useCityNow(1_000);
  const letterKeys = usePreferences((state) => state.letterKeys);
  const base = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const byId = useMemo(() => new Map(alerts.map((alert) => [alert.id, alert])), [alerts]);
  const wanted = useMemo(() => alerts.map((alert) => alert.id), [alerts]);
  const known = useMemo(() => new Set(wanted), [wanted]);
  const { shown, waiting, apply, onKey, pointer } = useSteadyRows(wanted, known);
  const fresh = useFresh(wanted);
  const [cursor, setCursor] = useState<string | null>(selected);
  const at = shown.indexOf(cursor ?? selected ?? "");

  // oxlint-disable-next-line react/incompatible-library -- its functions are not handed on
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 45,
    overscan: 8,
    getItemKey: (index) => shown[index] ?? index,
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const command = listKey(event.nativeEvent, letterKeys);
    if (!command) return;
    event.preventDefault();
    onKey();
    if (isWork(command)) {
      const alert = byId.get(shown[at] ?? "");
      if (alert) onWork(alert, command);
      return;
    }
    if (command === "open" && shown[at]) return onOpen(shown[at]);
    if (command === "close") return onClose();
    if (command === "first") apply();
    const target = { next: at + 1, previous: at - 1, first: 0, last: shown.length - 1, open: at }[command];
    const index = Math.min(shown.length - 1, Math.max(0, target));
    const id = shown[index];
    if (id === undefined) return;
    setCursor(id);
    rows.scrollToIndex(index);
    if (selected !== null) onOpen(id);
  };

  if (alerts.length === 0 && waiting === 0) {
    if (clearFilters)
      return (
        <EmptyState action={<Button onClick={clearFilters}>{common("clearFilters")}</Button>}>
          {t("emptyFiltered")}
        </EmptyState>
      );
    return <EmptyState>{empty ?? (now === null ? t("empty") : t("emptyAt", { time: formatTime(now) }))}</EmptyState>;
  }
  return (
    <div className={styles.listFrame} {...pointer}>
      {waiting > 0 ? (
        <button type="button" className={styles.waiting} onClick={apply}>
          {t("waiting", { count: waiting })} <Icon name="arrow-up" size={16} />
        </button>
      ) : null}
      <div
        ref={scroller}
        role="listbox"
        tabIndex={0}
        aria-label={t("list")}
        aria-activedescendant={at >= 0 ? `${base}-${shown[at]}` : undefined}
        className={styles.list}
        onKeyDown={onKeyDown}
      >
        <div className={styles.rows} style={{ blockSize: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((item) => {
            const alert = byId.get(shown[item.index] ?? "");
            if (!alert) return null;
            return (
              <div
                key={item.key}
                ref={rows.measureElement}
                data-index={item.index}
                className={styles.slot}
                style={{ transform: `translateY(${item.start}px)` }}
                role="presentation"
              >
                <AlertRow
                  alert={alert}
                  area={areaName(alert)}
                  now={now}
                  id={`${base}-${alert.id}`}
                  selected={alert.id === (cursor ?? selected)}
                  fresh={fresh.has(alert.id)}
                  position={item.index + 1}
                  total={shown.length}
                  onOpen={(id) => {
                    setCursor(id);
                    onOpen(id);
                  }}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Ids that appeared in the last three seconds; those there at first are not new. */
function useFresh(ids: readonly string[]): ReadonlySet<string> {
  const seen = useRef<Set<string> | null>(null);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const before = seen.current;
    seen.current = new Set([...(before ?? []), ...ids]);
    const added = before && before.size > 0 ? ids.filter((id) => !before.has(id)) : [];
    if (added.length === 0) return;
    setFresh((current) => new Set([...current, ...added]));
    const timer = setTimeout(
      () => setFresh((current) => new Set([...current].filter((id) => !added.includes(id)))),
      5_000,
    );
    return () => clearTimeout(timer);
  }, [ids]);
  return fresh;
}
