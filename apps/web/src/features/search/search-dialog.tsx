import { useId, useMemo, useState } from "react";
import type { KeyboardEvent } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Lang, LocalizedText } from "@ioc/contracts";
import { areasQuery, stationsQuery, statisticsQuery } from "../../data/index.ts";
import { useOpenAlerts } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import { Dialog, matchRank } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import type { UiGlyph } from "../../ui/icons/index.ts";
import styles from "./search.module.css";

export type FoundType = "alert" | "station" | "area" | "statistic";
export interface Found {
  type: FoundType;
  id: string;
  text: string;
}
interface Candidate extends Found {
  /** Also searched, lower in rank: the name in the other language, the id. */
  other: string;
}

const icons: Record<FoundType, UiGlyph> = { alert: "bell", station: "station", area: "area", statistic: "chart" };
const most = 40;

interface Props {
  open: boolean;
  onClose: () => void;
  onFound: (found: Found) => void;
}

/** Finds alerts, stations, areas and statistics; accents need not be typed. */
export function SearchDialog({ open, onClose, onFound }: Props) {
  const { t } = useTranslation("console");
  return (
    <Dialog open={open} onClose={onClose} title={t("search.title")}>
      <SearchBox
        onFound={(found) => {
          onClose();
          onFound(found);
        }}
      />
    </Dialog>
  );
}

function SearchBox({ onFound }: { onFound: (found: Found) => void }) {
  const { t } = useTranslation("console");
  const lang = useLang();
  const id = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const candidates = useCandidates(lang);
  const found = useMemo(() => search(candidates, query), [candidates, query]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setActive((at) => Math.min(found.length - 1, Math.max(0, at + step)));
    } else if (event.key === "Enter" && found[active]) onFound(found[active]);
  };
  return (
    <div className={styles.box}>
      <input
        data-first
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
        aria-label={t("search.label")}
        placeholder={t("search.placeholder")}
        className={styles.input}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={`${id}-list`} aria-label={t("search.results")} className={styles.results}>
        {found.map((one, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the input holds the focus and handles the keys
          <div
            key={`${one.type} ${one.id}`}
            role="option"
            id={`${id}-${index}`}
            aria-selected={index === active}
            className={styles.result}
            onClick={() => onFound(one)}
          >
            <Icon name={icons[one.type]} size={16} />
            <span>{one.text}</span>
            <span className={styles.type}>{t(`search.${one.type}`)}</span>
          </div>
        ))}
      </div>
      {query && found.length === 0 ? <p className={styles.none}>{t("search.none", { query })}</p> : null}
    </div>
  );
}

function useCandidates(lang: Lang): Candidate[] {
  const alerts = useOpenAlerts().items;
  const stations = useQuery(stationsQuery()).data?.items;
  const areas = useQuery(areasQuery()).data?.items;
  const statistics = useQuery(statisticsQuery()).data?.items;
  return useMemo(() => {
    const of = (type: FoundType, id: string, text: LocalizedText): Candidate => ({
      type,
      id,
      text: text[lang],
      other: `${text[lang === "vi" ? "en" : "vi"]} ${id}`,
    });
    return [
      ...(alerts ?? []).filter((one) => one.condition !== "cleared").map((one) => of("alert", one.id, one.headline)),
      ...(areas ?? []).filter((one) => one.level !== "city").map((one) => of("area", one.id, one.name)),
      ...(stations ?? []).map((one) => of("station", one.id, one.name)),
      ...(statistics ?? []).map((one) => of("statistic", one.id, one.name)),
    ];
  }, [alerts, stations, areas, statistics, lang]);
}

function search(candidates: readonly Candidate[], query: string): Found[] {
  if (query.trim() === "") return [];
  return candidates
    .map((candidate) => ({
      candidate,
      rank: Math.min(matchRank(candidate.text, query), matchRank(candidate.other, query) + 4),
    }))
    .filter(({ rank }) => Number.isFinite(rank))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ candidate: { type, id, text } }) => ({ type, id, text }));
}
