import { createInstance } from "i18next";
import type { i18n, Resource } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Lang } from "@ioc/contracts";
import type { Namespace } from "./resources.ts";

type Catalogue = Record<string, unknown>;

const files = import.meta.glob<Catalogue>("./*/*.json", { import: "default" });

/** Reads the catalogues of the named features in one language; each file is its own lazy chunk. */
export async function loadTexts(lang: Lang, namespaces: readonly Namespace[]): Promise<Resource> {
  const loaded = await Promise.all(
    namespaces.map(async (namespace) => [namespace, await files[`./${lang}/${namespace}.json`]!()] as const),
  );
  return { [lang]: Object.fromEntries(loaded) as Resource[string] };
}

/** An i18next instance that has these texts and needs nothing more: ready at once, also on the server. */
export function createTexts(lang: Lang, resources: Resource): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: lang,
    fallbackLng: false,
    resources,
    defaultNS: "common",
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { useSuspense: false },
  });
  return instance;
}

/** Adds the catalogues that are missing, for example when a surface is opened later or the language changes. */
export async function ensureTexts(instance: i18n, lang: Lang, namespaces: readonly Namespace[]): Promise<void> {
  const missing = namespaces.filter((namespace) => !instance.hasResourceBundle(lang, namespace));
  if (missing.length === 0) return;
  const resources = await loadTexts(lang, missing);
  for (const [namespace, catalogue] of Object.entries(resources[lang] ?? {})) {
    instance.addResourceBundle(lang, namespace, catalogue);
  }
}
