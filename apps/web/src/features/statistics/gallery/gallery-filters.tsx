import { useEffect, useRef, useState } from "react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { chartKinds } from "@ioc/contracts/chart-kinds";
import { Button } from "../../../ui/controls/index.ts";
import { Icon } from "../../../ui/icons/index.ts";
import { audiences, refreshes, sources, statuses, targets } from "../statistic-search.ts";
import type { GalleryPatch, GallerySearch } from "../statistic-search.ts";
import { useTyping } from "../use-typing.ts";
import { facets, isNarrowed } from "./gallery-filter.ts";
import type { Facet } from "./gallery-filter.ts";
import styles from "./gallery.module.css";

interface Props {
  search: GallerySearch;
  onSearch: (patch: GalleryPatch) => void;
  counts: Record<Facet, ReadonlyMap<string, number>>;
  onClear: () => void;
}

const values: Record<Facet, readonly string[]> = {
  audience: audiences,
  kind: chartKinds,
  status: statuses,
  target: targets,
  source: sources,
  refresh: refreshes,
};

/** Search, filters with how many each choice finds, and how the answer is shown. */
export function GalleryFilters({ search, onSearch, counts, onClear }: Props) {
  const { t } = useTranslation("statistics");
  const { t: common } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const typing = useTyping(search.q ?? "", (q) => onSearch({ q: q === "" ? undefined : q }));
  useSearchKey(input);
  // Narrow screens show the filters when they are asked for.
  const [open, setOpen] = useState(false);
  const chosen = facets.filter((facet) => search[facet]).length;
  return (
    <div className={styles.filters} role="search" aria-label={t("search")}>
      <label className={styles.search}>
        <span className="visually-hidden">{t("search")}</span>
        <Icon name="search" size={16} />
        <input ref={input} type="search" data-gallery-search placeholder={t("searchHint")} {...typing} />
      </label>
      <Button className={styles.filterButton ?? ""} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="filter" size={16} /> {common("filters")}
        {chosen > 0 ? ` (${chosen})` : ""}
      </Button>
      <div className={styles.facets} data-open={open || undefined}>
        {facets.map((facet) => (
          <FacetSelect key={facet} facet={facet} search={search} onSearch={onSearch} counts={counts[facet]} />
        ))}
      </div>
      {isNarrowed(search) ? (
        <Button kind="quiet" onClick={onClear}>
          <Icon name="close" size={16} /> {common("clearFilters")}
        </Button>
      ) : null}
      <fieldset className={styles.looks}>
        <legend className="visually-hidden">{t("look.label")}</legend>
        {(["cards", "list"] as const).map((look) => (
          <label key={look} title={t(`look.${look}`)}>
            <input
              type="radio"
              name="look"
              checked={(search.look ?? "cards") === look}
              onChange={() => onSearch({ look: look === "list" ? look : undefined })}
            />
            <Icon name={look === "list" ? "list" : "grid"} size={16} />
            <span>{t(`look.${look}`)}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

interface FacetProps extends Pick<Props, "search" | "onSearch"> {
  facet: Facet;
  counts: ReadonlyMap<string, number>;
}

function FacetSelect({ facet, search, onSearch, counts }: FacetProps) {
  const { t } = useTranslation("statistics");
  const { t: common } = useTranslation();
  const label = t(`facet.${facet}`);
  const chosen = search[facet] ?? "";
  const nameOf = (value: string): string =>
    facet === "kind"
      ? t(`kinds.${value as (typeof chartKinds)[number]}`)
      : (t(`facetValue.${facet}.${value}` as "facetValue.status.ok") as string);
  return (
    <span className={styles.select} data-chosen={chosen !== "" || undefined}>
      <select
        aria-label={label}
        value={chosen}
        onChange={(event) => onSearch({ [facet]: event.target.value || undefined })}
      >
        <option value="">{`${label}: ${common("all").toLowerCase()}`}</option>
        {values[facet]
          .filter((value) => value === chosen || (counts.get(value) ?? 0) > 0)
          .map((value) => (
            <option key={value} value={value}>
              {nameOf(value)} ({counts.get(value) ?? 0})
            </option>
          ))}
      </select>
      <Icon name="chevron-down" size={16} />
    </span>
  );
}

/** `/` goes to this search while the gallery is shown; elsewhere it searches the whole system. */
function useSearchKey(input: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const busy =
        event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable], dialog");
      if (busy) return;
      event.preventDefault();
      event.stopPropagation();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, [input]);
}
