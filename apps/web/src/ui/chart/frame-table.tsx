import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Cell, Frame, FrameColumn } from "@ioc/contracts";
import { cellName } from "@ioc/charts/columns";
import { formatNumber, formatShare } from "@ioc/charts/format";
import { formatDate, formatDateTime } from "@ioc/charts/time";
import { unitText } from "@ioc/charts/units";
import { useLang } from "../../texts/index.ts";
import { DataTable } from "../controls/data-table.tsx";

interface Props {
  frame: Frame;
  caption: string;
  nameOf: (id: string) => string;
  pageSize?: number;
}

interface Row {
  key: string;
  cells: readonly Cell[];
}

const dayMs = 86_400_000;

/** Whether a time column counts days: each value is a local midnight. */
function isDaily(frame: Frame, index: number): boolean {
  const times = frame.rows.map((row) => row[index]).filter((cell) => typeof cell === "number");
  return times.length > 1 && times.every((time) => (time + 7 * 3_600_000) % dayMs === 0);
}

function cellWords(
  cell: Cell | undefined,
  column: FrameColumn,
  daily: boolean,
  lang: "vi" | "en",
  nameOf: Props["nameOf"],
): string {
  if (column.type === "time" && typeof cell === "number")
    return daily ? formatDate(cell, lang) : formatDateTime(cell, lang);
  if (column.role === "coverage" && (typeof cell === "number" || cell === null)) return formatShare(cell, lang);
  if (column.type === "number" && typeof cell === "number") return formatNumber(cell, lang, column.decimals ?? 0);
  return cellName(cell, column, lang, nameOf);
}

/** The exact values of a frame: units in the header, missing ones as a dash, coordinates left to the data file. */
export function FrameTable({ frame, caption, nameOf, pageSize = 50 }: Props) {
  const { t } = useTranslation("charts");
  const lang = useLang();
  const columns = useMemo(() => {
    const shown = frame.columns
      .map((column, index) => ({ column, index }))
      .filter(({ column }) => column.id !== "lat" && column.id !== "lon");
    return shown.map(({ column, index }, order) => {
      const unit = column.type === "number" && column.role !== "coverage" ? unitText(column.unit ?? "1", lang) : "";
      const daily = column.type === "time" && isDaily(frame, index);
      return {
        id: column.id,
        header: unit === "" ? column.name[lang] : `${column.name[lang]} (${unit})`,
        numeric: column.type === "number",
        rowHeader: order === 0,
        render: (row: Row) => cellWords(row.cells[index], column, daily, lang, nameOf),
      };
    });
  }, [frame, lang, nameOf]);
  const rows = useMemo<Row[]>(() => {
    const listed = frame.rows.map((cells, index) => ({ key: String(index), cells }));
    // The newest first: that is what a reader looks for.
    return frame.columns[0]?.type === "time" ? listed.toReversed() : listed;
  }, [frame]);
  if (rows.length === 0) return <p>{t("noRows")}</p>;
  return (
    <DataTable
      caption={caption}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
      pageSize={pageSize}
    />
  );
}
