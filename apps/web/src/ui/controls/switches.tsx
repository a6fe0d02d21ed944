import { useTranslation } from "react-i18next";
import { usePreferences } from "../preferences.ts";
import { useLang } from "../../texts/index.ts";
import { Icon } from "../icons/index.ts";
import { Button } from "./button.tsx";
import styles from "./switches.module.css";

/** Switches the interface language; on public pages it is a link to the same page instead (`href`). */
export function LangSwitch({ href }: { href?: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  const setLang = usePreferences((state) => state.setLang);
  const other = lang === "vi" ? "en" : "vi";
  const name = other === "en" ? "English" : "Tiếng Việt";
  if (href !== undefined)
    return (
      <a href={href} hrefLang={other} lang={other}>
        {name}
      </a>
    );
  return (
    <Button kind="quiet" onClick={() => setLang(other)} title={t("language")}>
      <Icon name="globe" />
      <span lang={other} className={styles.name}>
        {name}
      </span>
      <span className={styles.code} aria-hidden>
        {other.toUpperCase()}
      </span>
    </Button>
  );
}
