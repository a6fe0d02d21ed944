import { useTranslation } from "react-i18next";
import type { Lang } from "@ioc/contracts";

/** Language of this page. */
export function useLang(): Lang {
  return useTranslation().i18n.language === "en" ? "en" : "vi";
}

/** A name of the pack at the start of a line: its first letter large, the rest as it is. */
export function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase("vi") + text.slice(1);
}
