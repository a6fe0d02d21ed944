import { useTranslation } from "react-i18next";
import { usePreferences } from "../preferences.ts";
import { Icon } from "../icons/index.ts";
import { useDisclosure } from "./use-disclosure.ts";
import styles from "./display-menu.module.css";

const themes = ["dark", "light"] as const;

/** How things look to this reader: theme, and patterns over the colours of charts. */
export function DisplayMenu() {
  const { t } = useTranslation();
  const menu = useDisclosure();
  const { theme, setTheme, patterns, setPatterns } = usePreferences();
  return (
    <details className={styles.menu} {...menu.props}>
      <summary aria-label={t("display.label")} title={t("display.label")}>
        <Icon name={theme === "dark" ? "moon" : "sun"} />
      </summary>
      <div className={styles.items}>
        <fieldset>
          <legend>{t("theme.label")}</legend>
          {themes.map((one) => (
            <label key={one}>
              <input type="radio" name="theme" checked={theme === one} onChange={() => setTheme(one)} />
              {t(`theme.${one}`)}
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>{t("display.charts")}</legend>
          <label>
            <input type="checkbox" checked={patterns} onChange={(event) => setPatterns(event.target.checked)} />
            {t("display.patterns")}
          </label>
          <p>{t("display.patternsHint")}</p>
        </fieldset>
      </div>
    </details>
  );
}
