import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOpenAlerts } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";

/** Counts are told at most so often, ms. */
const pause = 10_000;

/** Tells screen readers of new alerts: Extreme at once and by name, the others as a count; not of suppressed ones. Shows nothing. */
export function AlertAnnouncer() {
  const { t } = useTranslation("alerts");
  const lang = useLang();
  const { items } = useOpenAlerts();
  const known = useRef<Map<string, number> | null>(null);
  const waiting = useRef(0);
  const [count, setCount] = useState(0);
  const [extreme, setExtreme] = useState("");

  useEffect(() => {
    if (!items) return;
    const before = known.current;
    const firing = items.filter((one) => one.condition === "firing" && one.suppressedBy.length === 0);
    known.current = new Map(firing.map((one) => [one.id, one.level]));
    if (!before || document.hidden) return;
    const added = firing.filter((one) => (before.get(one.id) ?? 0) < one.level);
    const worst = added.find((one) => one.severity === "Extreme");
    if (worst) setExtreme(t("sayExtreme", { headline: worst.headline[lang] }));
    waiting.current += added.filter((one) => one.severity !== "Extreme").length;
  }, [items, lang, t]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (waiting.current > 0) setCount(waiting.current);
      waiting.current = 0;
    }, pause);
    return () => clearInterval(timer);
  }, []);

  return (
    <div className="visually-hidden">
      <p aria-live="polite">{count > 0 ? t("waiting", { count }) : ""}</p>
      <p aria-live="assertive">{extreme}</p>
    </div>
  );
}
