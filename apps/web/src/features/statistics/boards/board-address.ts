import { chartKinds } from "@ioc/contracts/chart-kinds";
import type { BoardCard } from "@ioc/contracts";

/** Most cards of a board. */
export const mostCards = 48;
export const spans = [1, 2, 3, 4] as const;

const slug = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const grouping = /^[a-z][a-z0-9_]*$/;

/** `~` and `;` stand between parts and cards, so they are written as codes inside a part. */
const write = (text: string | undefined): string =>
  (text ?? "").replace(/[%~;]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
const read = (text: string | undefined): string =>
  (text ?? "").replace(/%(25|7e|3b)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Cards as one text of the address: `statistic~group~subject~chart~span;…`, empty ends left out. */
export function writeCards(cards: readonly BoardCard[]): string {
  return cards
    .map(({ statistic, group, subject, chart, span }) =>
      [statistic, group, subject, chart, span === 1 ? "" : String(span)].map(write).join("~").replace(/~+$/, ""),
    )
    .join(";");
}

/** Reads the cards of an address; what is no card is left out. Null when the address has none. */
export function readCards(text: string | undefined): BoardCard[] | null {
  if (text === undefined) return null;
  return text
    .split(";")
    .slice(0, mostCards)
    .flatMap((part): BoardCard[] => {
      const [statistic, group, subject, chart, span] = part.split("~").map(read);
      if (statistic === undefined || !slug.test(statistic)) return [];
      const kind = chartKinds.find((one) => one === chart);
      return [
        {
          statistic,
          ...(group && grouping.test(group) ? { group } : {}),
          ...(subject && subject.length <= 200 ? { subject } : {}),
          ...(kind ? { chart: kind } : {}),
          span: spans.find((one) => String(one) === span) ?? 1,
        },
      ];
    });
}

/** View of a board that lives in the address. */
export interface BoardSearch {
  /** Cards that are not saved yet; those of the saved board unless given. */
  cards?: string;
  /** Name and description that are not saved yet. */
  name?: string;
  about?: string;
}
export type BoardPatch = { [K in keyof BoardSearch]?: BoardSearch[K] | undefined };

const shorter = (value: unknown, most: number): string | undefined =>
  typeof value === "string" && value.length <= most ? value : undefined;

/** Reads the address; what is not understood is left out. */
export function readBoardSearch(raw: Record<string, unknown>): BoardSearch {
  const [cards, name, about] = [shorter(raw["cards"], 12_000), shorter(raw["name"], 120), shorter(raw["about"], 500)];
  return {
    ...(cards === undefined ? {} : { cards }),
    ...(name === undefined ? {} : { name }),
    ...(about === undefined ? {} : { about }),
  };
}

/** Id of a board from its name: `Ngập Cẩm Lệ` → `ngap-cam-le`; with a number when it is taken. */
export function boardId(name: string, taken: ReadonlySet<string>, fold: (text: string) => string): string {
  const words =
    fold(name)
      .match(/[a-z0-9]+/g)
      ?.join("-") ?? "";
  const base = words.slice(0, 52).replace(/-+$/, "") || "bang";
  if (!taken.has(base) && base !== "new") return base;
  for (let number = 2; ; number++) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}
