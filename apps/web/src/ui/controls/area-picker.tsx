import { useId, useMemo, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Area } from "@ioc/contracts";
import { useLang } from "../../texts/index.ts";
import { Icon } from "../icons/index.ts";
import { areaLabel } from "./area-label.ts";
import { matchRank } from "./fold.ts";
import styles from "./area-picker.module.css";

interface Props {
  /** Units of one scheme. */
  areas: readonly Area[];
  /** Area id; null: the whole city. */
  value: string | null;
  onChange: (id: string | null) => void;
}

interface Option {
  id: string | null;
  label: string;
  depth: number;
}

/** Chooses an area: a combobox over the tree of units that finds "cam le" in "Cẩm Lệ". */
export function AreaPicker({ areas, value, onChange }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const all = useMemo(() => [{ id: null, label: t("wholeCity"), depth: 0 }, ...treeOf(areas, lang)], [areas, lang, t]);
  const options = useMemo(() => search(all, query), [all, query]);
  const chosen = all.find((option) => option.id === value) ?? all[0]!;

  const close = () => {
    setOpen(false);
    setQuery("");
  };
  const choose = (option: Option | undefined) => {
    if (!option) return;
    onChange(option.id);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!open) setOpen(true);
      else setActive((at) => Math.min(options.length - 1, Math.max(0, at + step)));
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      choose(options[active]);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      close();
    }
  };

  return (
    <div
      className={styles.picker}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <Icon name="area" size={16} className={styles.icon} />
      <input
        ref={input}
        role="combobox"
        aria-label={t("areaPicker.label")}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && options[active] ? `${id}-${active}` : undefined}
        autoComplete="off"
        className={styles.input}
        placeholder={open ? t("areaPicker.placeholder") : undefined}
        value={open ? query : chosen.label}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setActive(0)}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
      />
      <Icon name="chevron-down" size={16} className={styles.arrow} />
      {open ? (
        <div role="listbox" id={`${id}-list`} aria-label={t("areaPicker.label")} className={styles.list}>
          {options.length === 0 ? <p className={styles.empty}>{t("areaPicker.empty")}</p> : null}
          {options.map((option, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the input holds the focus and handles the keys
            <div
              key={option.id ?? ""}
              id={`${id}-${index}`}
              role="option"
              aria-selected={option.id === value}
              data-active={index === active || undefined}
              className={styles.option}
              style={{ paddingInlineStart: query ? undefined : 12 + option.depth * 14 }}
              ref={index === active ? scrollNear : undefined}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
            >
              {option.label}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}

function scrollNear(element: HTMLDivElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

function treeOf(areas: readonly Area[], lang: "vi" | "en"): Option[] {
  const children = Map.groupBy(areas, (area) => area.parent ?? "");
  const ids = new Set(areas.map((area) => area.id));
  const options: Option[] = [];
  const walk = (area: Area, depth: number) => {
    if (area.level !== "city") options.push({ id: area.id, label: areaLabel(area, lang), depth });
    for (const child of children.get(area.id) ?? []) walk(child, area.level === "city" ? depth : depth + 1);
  };
  for (const area of areas) if (area.parent === null || !ids.has(area.parent)) walk(area, 0);
  return options;
}

function search(options: Option[], query: string): Option[] {
  if (query.trim() === "") return options;
  return options
    .map((option) => ({ option, rank: matchRank(option.label, query) }))
    .filter(({ rank }) => Number.isFinite(rank))
    .sort((a, b) => a.rank - b.rank)
    .map(({ option }) => option);
}
