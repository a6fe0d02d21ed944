import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { Lang } from "@ioc/contracts";

interface Preferences {
  lang: Lang;
  theme: "dark" | "light";
  /** Last chosen area; null: whole city. */
  area: string | null;
  /** Letter keys of the alert list (WCAG 2.1.4: they can be turned off). */
  letterKeys: boolean;
  /** Patterns over the colours of charts. */
  patterns: boolean;
  setLang: (lang: Lang) => void;
  setTheme: (theme: "dark" | "light") => void;
  setArea: (area: string | null) => void;
  setLetterKeys: (on: boolean) => void;
  setPatterns: (on: boolean) => void;
}

/** What a reader chose on this device. Vietnamese is the first language, dark the first theme of the console. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      lang: "vi",
      theme: "dark",
      area: null,
      letterKeys: true,
      patterns: false,
      setLang: (lang) => set({ lang }),
      setTheme: (theme) => set({ theme }),
      setArea: (area) => set({ area }),
      setLetterKeys: (letterKeys) => set({ letterKeys }),
      setPatterns: (patterns) => set({ patterns }),
    }),
    { name: "ioc.preferences" },
  ),
);
