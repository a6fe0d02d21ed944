import type { Lang } from "@ioc/contracts";

const words: Record<Lang, Record<string, string>> = {
  vi: { and: "và", or: "hoặc", not: "không" },
  en: { and: "and", or: "or", not: "not" },
};

/** An expression of a rule with typographic signs and the words of the language: `a >= 0.5 and b < 1` → `a ≥ 0,5 và b < 1`. */
export function readableExpression(expression: string, lang: Lang): string {
  return expression
    .replace(/>=/g, "≥")
    .replace(/<=/g, "≤")
    .replace(/!=/g, "≠")
    .replace(/==/g, "=")
    .replace(/\*/g, "×")
    .replace(/\b(and|or|not)\b/g, (word) => words[lang][word] ?? word)
    .replace(/(\d)\.(\d)/g, lang === "vi" ? "$1,$2" : "$1.$2");
}
