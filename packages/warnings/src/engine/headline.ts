import type { LocalizedText, WarningDefinition } from "@ioc/contracts";
import type { About } from "./run.ts";

/** Characters that a list, a phone notice and a board can show. */
const longest = 90;
const locales = { vi: "vi-VN", en: "en-US" } as const;

/**
 * Text of an alert from the definition's template. A place that would make it longer than 90 characters is cut short; a
 * value that is not known is shown as a dash.
 */
export function headlineOf(
  definition: WarningDefinition,
  level: number,
  { name: place, item }: Pick<About, "name" | "item">,
  value: number | null,
): LocalizedText {
  const levelName = definition.levels.find((entry) => entry.level === level)?.name ?? definition.name;
  const decimals = definition.value?.decimals ?? 0;
  const text = (lang: "vi" | "en") => {
    const template = definition.headline?.[lang] ?? `${definition.name[lang]}: {place}`;
    // An item that the text does not name stands behind the place.
    const whole = item === undefined || template.includes("{item}") ? place[lang] : `${place[lang]} – ${item[lang]}`;
    const filled = template
      .replaceAll("{item}", item?.[lang] ?? "")
      .replaceAll("{value}", value === null ? "–" : numberFormat(lang, decimals).format(value))
      .replaceAll("{level}", levelName[lang]);
    const room = longest - filled.replaceAll("{place}", "").length;
    return filled.replaceAll("{place}", shortened(whole, room));
  };
  return { vi: text("vi"), en: text("en") };
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format is slow, and hundreds of alerts may fire at once. */
function numberFormat(lang: keyof typeof locales, decimals: number): Intl.NumberFormat {
  const key = `${lang} ${decimals}`;
  const known = formats.get(key);
  if (known) return known;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const made = new Intl.NumberFormat(locales[lang], digits);
  formats.set(key, made);
  return made;
}

function shortened(text: string, room: number): string {
  const characters = [...text];
  return characters.length <= room
    ? text
    : `${characters
        .slice(0, Math.max(0, room - 1))
        .join("")
        .trimEnd()}…`;
}
