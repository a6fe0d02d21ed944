import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { StationState } from "@ioc/contracts";
import type { Severity } from "@ioc/contracts/severity";
import { areasQuery, cityQuery, kindsQuery } from "../../data/index.ts";
import { capitalised, useLang } from "../../texts/index.ts";
import { AreaPicker, Button, SeverityFilter } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import { noFilters, works } from "./search.ts";
import { Select } from "./select.tsx";
import { useConsoleSearch } from "./use-console-search.ts";
import styles from "./console.module.css";

interface Props {
  /** Which filters the page understands besides area and severity. */
  fields: readonly ("domain" | "kind" | "state" | "work" | "told")[];
  counts: Record<Severity, number>;
}

const stationStates: readonly StationState[] = [
  "normal",
  "late",
  "stale",
  "offline",
  "maintenance",
  "doubtful",
  "unknown",
];

/** Filters of a page; all of them live in the address. */
export function FilterBar({ fields, counts }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const [search, patch] = useConsoleSearch();
  const areas = useQuery(areasQuery()).data?.items ?? [];
  const city = useQuery(cityQuery()).data;
  const kinds = useQuery(kindsQuery()).data?.items ?? [];
  const named = (items: readonly { id: string; name: { vi: string; en: string } }[]) =>
    items.map(({ id, name }) => ({ id, label: capitalised(name[lang]) }));
  const options = {
    domain: named(city?.domains ?? []),
    kind: named(kinds).toSorted((a, b) => a.label.localeCompare(b.label, lang)),
    state: stationStates.map((id) => ({ id, label: t(`stationState.${id}`) })),
    work: works.map((id) => ({ id, label: t(`work.${id}`) })),
    told: (["yes", "no"] as const).map((id) => ({ id, label: t(`told.${id}`) })),
  };
  const filtered = Boolean(search.area || search.severity || fields.some((field) => search[field]));
  return (
    <div className={styles.filters} role="group" aria-label={t("filters")}>
      <AreaPicker areas={areas} value={search.area ?? null} onChange={(area) => patch({ area: area ?? undefined })} />
      {fields.map((field) => (
        <Select
          key={field}
          label={t(field === "work" ? "work.label" : field === "told" ? "told.label" : field)}
          value={search[field] ?? ""}
          options={options[field]}
          onChange={(value) => patch({ [field]: value || undefined })}
        />
      ))}
      <SeverityFilter
        value={search.severity ?? []}
        counts={counts}
        onChange={(severity) => patch({ severity: severity.length > 0 ? severity : undefined })}
      />
      {filtered ? (
        <Button kind="quiet" onClick={() => patch(noFilters)}>
          <Icon name="close" size={16} />
          {t("clearFilters")}
        </Button>
      ) : null}
    </div>
  );
}
