import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "@ioc/charts/time";
import { PaceWords } from "../../ui/controls/mode-frame.tsx";
import { publicUrl, usePage } from "./model.ts";
import styles from "./public.module.css";

const sections = [
  { path: "/", key: "navHome" },
  { path: "/warnings", key: "navWarnings" },
  { path: "/map", key: "navMap" },
  { path: "/statistics", key: "navStatistics" },
  { path: "/about", key: "navAbout" },
] as const;

/** Header, mode note, main and footer of every public page. Parts with `data-live` are renewed by the script. */
export function PublicLayout({ children }: { children: ReactNode }) {
  const { t } = useTranslation("public");
  const { city, lang, path } = usePage();
  const other = lang === "vi" ? "en" : "vi";
  return (
    <>
      <a className="skip-link" href="#main">
        {t("skip")}
      </a>
      <header>
        <div className={styles.header}>
          <div className={styles.bar}>
            <a className={styles.brand} href={publicUrl("/", lang)}>
              {t("brand", { city: city.name[lang] })}
            </a>
            <nav className={styles.nav} aria-label={t("nav")}>
              {sections.map((section) => (
                <a
                  key={section.path}
                  href={publicUrl(section.path, lang)}
                  aria-current={isCurrent(path, section.path) ? "page" : undefined}
                >
                  {t(section.key)}
                </a>
              ))}
            </nav>
            <a className={styles.language} href={publicUrl(path, other)} lang={other} hrefLang={other}>
              {t("otherLanguage")}
            </a>
          </div>
        </div>
        {city.simulation ? (
          <div className={styles.mode} role="note">
            <strong>{t("simulated")}</strong> {t("simulatedText")} <PaceWords simulation={city.simulation} />
          </div>
        ) : null}
        <p id="offline" className={styles.offline} role="status" hidden>
          {t("offline", { time: formatDateTime(city.now, lang) })}
        </p>
      </header>
      <main id="main" className={styles.main} tabIndex={-1}>
        {children}
      </main>
      <footer className={styles.footer}>
        <p id="attribution">{city.attribution[lang]}</p>
        <p>
          <a href={publicUrl("/about", lang)}>{t("navAbout")}</a> · <a href="/api/docs">{t("apiDocs")}</a> ·{" "}
          <a href="/console">{t("console")}</a> · {t("footer")}
        </p>
      </footer>
    </>
  );
}

function isCurrent(path: string, section: string): boolean {
  return section === "/" ? path === "/" : path === section || path.startsWith(`${section}/`);
}
