import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Area } from "@ioc/contracts";
import { useLang } from "../../texts/index.ts";
import { areaLabel } from "./area-label.ts";
import { Combobox } from "./combobox.tsx";
import type { ComboboxOption } from "./combobox.tsx";

interface Props {
  /** Units of one scheme. */
  areas: readonly Area[];
  /** Area id; null: the whole city. */
  value: string | null;
  onChange: (id: string | null) => void;
}

/** Chooses an area from the tree of units; finds "cam le" in "Cẩm Lệ". */
export function AreaPicker({ areas, value, onChange }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const options = useMemo(
    () => [{ id: "", label: t("wholeCity"), depth: 0 }, ...treeOf(areas, lang)],
    [areas, lang, t],
  );
  const known = options.some((option) => option.id === value);
  return (
    <Combobox
      label={t("areaPicker.label")}
      placeholder={t("areaPicker.placeholder")}
      empty={t("areaPicker.empty")}
      icon="area"
      options={options}
      value={known ? value : ""}
      onChange={(id) => onChange(id === "" ? null : id)}
    />
  );
}

function treeOf(areas: readonly Area[], lang: "vi" | "en"): ComboboxOption[] {
  const children = Map.groupBy(areas, (area) => area.parent ?? "");
  const ids = new Set(areas.map((area) => area.id));
  const options: ComboboxOption[] = [];
  const walk = (area: Area, depth: number) => {
    if (area.level !== "city") options.push({ id: area.id, label: areaLabel(area, lang), depth });
    for (const child of children.get(area.id) ?? []) walk(child, area.level === "city" ? depth : depth + 1);
  };
  for (const area of areas) if (area.parent === null || !ids.has(area.parent)) walk(area, 0);
  return options;
}
