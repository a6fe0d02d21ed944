import type { Explanation, LocalizedText, WarningDefinition } from "@ioc/contracts";
import { clockTime, numberWords, spanWords } from "./words.ts";

type Known = Omit<Explanation, "sentences">;
type Level = Known["levels"][number];

/** The explanation in plain sentences, the answer first. */
export function sentencesOf(known: Known, definition: WarningDefinition, timezone: string): LocalizedText[] {
  const say = createWords(known, definition, timezone);
  switch (known.verdict) {
    case "error":
      return [say.error()];
    case "stale":
      return [say.stale(), ...(known.level > 0 ? [say.staleStays()] : []), ...say.suppressed()];
    case "firing":
    case "recovering":
      return [say.holds(), ...say.why(), ...say.next(), say.clearing(), ...say.suppressed()];
    case "pending":
      return say.waiting();
    case "quiet":
    case "undecided":
      return say.notReached();
  }
}

function createWords(known: Known, definition: WarningDefinition, timezone: string) {
  const { levels, level, at } = known;
  const current = levels.find((one) => one.level === level);
  const both = (write: (lang: "vi" | "en") => string): LocalizedText => ({ vi: write("vi"), en: write("en") });
  const time = (ms: number) => clockTime(ms, at, timezone);
  const values = (one: Pick<Level["when"], "source">, lang: "vi" | "en") => {
    const named = known.signals.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(one.source));
    return named.map(({ name, low, high }) => `${name} ${valueWords(low, high, lang)}`).join(", ");
  };
  const nameOf = ({ level: number }: Level, lang: "vi" | "en") => {
    const name = definition.levels.find((one) => one.level === number)?.name?.[lang];
    const word = lang === "vi" ? `mức ${number}` : `level ${number}`;
    return name ? `${word} (${name})` : word;
  };
  const held = ({ heldSince }: Level, lang: "vi" | "en") => spanWords(at - (heldSince ?? at), lang);

  const notReached = (one: Level): LocalizedText =>
    both((lang) => {
      const shown = values(one.when, lang);
      if (one.when.truth === null) {
        return lang === "vi"
          ? `Chưa kết luận được ${nameOf(one, lang)}: ${one.when.source} còn thiếu giá trị (${shown}).`
          : `Nothing can be said of ${nameOf(one, lang)}: ${one.when.source} lacks a value (${shown}).`;
      }
      return lang === "vi"
        ? `Chưa đạt ${nameOf(one, lang)}: ${one.when.source} là sai (${shown}).`
        : `Not at ${nameOf(one, lang)}: ${one.when.source} is false (${shown}).`;
    });
  const remains = (one: Level): LocalizedText =>
    both((lang) => {
      const left = spanWords(Math.max(0, (one.heldSince ?? at) + one.for - at), lang);
      const since = time(one.heldSince ?? at);
      return lang === "vi"
        ? `Điều kiện ${nameOf(one, lang)} đúng từ ${since} (${held(one, lang)}), cần giữ ${spanWords(one.for, lang)}; còn ${left}.`
        : `The condition of ${nameOf(one, lang)} holds since ${since} (${held(one, lang)}) and must for ${spanWords(one.for, lang)}; ${left} remain.`;
    });
  /** What is said of a level above the present one. */
  const above = (one: Level): LocalizedText =>
    one.when.truth === true && one.heldSince !== null ? remains(one) : notReached(one);

  return {
    error: () =>
      both((lang) =>
        lang === "vi"
          ? `Quy tắc gặp lỗi nên không đánh giá được: ${known.error}`
          : `The rule fails and cannot be evaluated: ${known.error}`,
      ),
    stale: () =>
      both((lang) => {
        const limit = spanWords(known.staleAfter, lang);
        if (known.asOf === null) {
          return lang === "vi" ? "Chưa nhận được số liệu nào dùng được." : "No usable data have arrived yet.";
        }
        return lang === "vi"
          ? `Không có số liệu dùng được từ ${time(known.asOf)}, quá ${limit} mà quy tắc cho phép.`
          : `There are no usable data since ${time(known.asOf)}, longer than the ${limit} that the rule allows.`;
      }),
    staleStays: () =>
      both((lang) =>
        lang === "vi"
          ? "Cảnh báo giữ nguyên mức: mất số liệu không bao giờ đóng cảnh báo."
          : "The alert stays as it was: missing data never clear one.",
      ),
    holds: () =>
      both((lang) => {
        const since = current?.heldSince ?? null;
        const name = current ? nameOf(current, lang) : "";
        if (since === null) return lang === "vi" ? `Đang ở ${name}.` : `It is at ${name}.`;
        return lang === "vi"
          ? `Đang ở ${name}; điều kiện đúng từ ${time(since)} (${spanWords(at - since, lang)}).`
          : `It is at ${name}; the condition holds since ${time(since)} (${spanWords(at - since, lang)}).`;
      }),
    why: () =>
      current && current.when.truth !== false
        ? [
            both((lang) => {
              const shown = values(current.when, lang);
              const asked = current.for > 0 ? spanWords(current.for, lang) : null;
              return lang === "vi"
                ? `Vì ${current.when.source} (${shown})${asked ? `, giữ đủ ${asked}` : ""}.`
                : `Because ${current.when.source} (${shown})${asked ? `, held for the ${asked} it takes` : ""}.`;
            }),
          ]
        : [],
    next: () =>
      levels
        .filter((one) => one.level > level)
        .slice(0, 1)
        .map(above),
    clearing: () =>
      both((lang) => {
        if (!current) return "";
        const need = known.clearFor > 0 ? spanWords(known.clearFor, lang) : null;
        const down =
          levels[0] === current
            ? lang === "vi"
              ? "kết thúc"
              : "ends"
            : lang === "vi"
              ? "hạ một mức"
              : "goes down a level";
        if (current.clearingSince !== null) {
          const left = spanWords(Math.max(0, current.clearingSince + known.clearFor - at), lang);
          return lang === "vi"
            ? `Đang hồi phục: ${current.clear.source} đúng từ ${time(current.clearingSince)}; còn ${left} thì cảnh báo ${down}.`
            : `Recovering: ${current.clear.source} is true since ${time(current.clearingSince)}; after another ${left} the alert ${down}.`;
        }
        return lang === "vi"
          ? `Cảnh báo ${down} khi ${current.clear.source}${need ? ` đúng liên tục ${need}` : ""}; hiện chưa đúng.`
          : `The alert ${down} when ${current.clear.source}${need ? ` has been true for ${need}` : ""}; it is not now.`;
      }),
    waiting: () => levels.filter(({ heldSince }) => heldSince !== null).map(remains),
    notReached: () => {
      const undecided = levels.filter(({ when }) => when.truth === null);
      return (undecided.length > 0 ? undecided : levels.slice(0, 1)).map(notReached);
    },
    suppressed: () => known.suppressedBy.map((by) => both((lang) => suppressionWords(by, lang, time))),
  };
}

const reasons: Record<Known["suppressedBy"][number]["kind"], LocalizedText> = {
  silence: { vi: "đang tắt thông báo", en: "it is silenced" },
  maintenance: { vi: "đang bảo trì", en: "maintenance is going on" },
  inhibition: { vi: "một cảnh báo khác đã nói thay", en: "another alert speaks for it" },
  outage: { vi: "đối tượng đang mất liên lạc", en: "the subject is out of contact" },
  shelved: { vi: "đang tạm gác", en: "it is shelved" },
};

function suppressionWords(
  { kind, until, alert }: Known["suppressedBy"][number],
  lang: "vi" | "en",
  time: (ms: number) => string,
): string {
  const end = until === null ? "" : lang === "vi" ? ` đến ${time(until)}` : ` until ${time(until)}`;
  const by = alert === null ? "" : ` (${alert})`;
  return lang === "vi"
    ? `Không báo cho ai: ${reasons[kind].vi}${end}${by}.`
    : `Nobody is told: ${reasons[kind].en}${end}${by}.`;
}

function valueWords(low: number | null, high: number | null, lang: "vi" | "en"): string {
  if (low !== null && low === high) return `= ${numberWords(low, lang)}`;
  if (low === null && high === null) return lang === "vi" ? "chưa biết" : "not known";
  if (high === null) return `≥ ${numberWords(low ?? 0, lang)}`;
  if (low === null) return `≤ ${numberWords(high, lang)}`;
  return `${numberWords(low, lang)} … ${numberWords(high, lang)}`;
}
