import { useTranslation } from "react-i18next";
import { Dialog } from "../../ui/controls/index.ts";
import { usePreferences } from "../../ui/preferences.ts";
import styles from "./console.module.css";

const shortcuts = [
  { keys: ["↓", "J"], text: "next" },
  { keys: ["↑", "K"], text: "previous" },
  { keys: ["Enter", "O"], text: "open" },
  { keys: ["Esc"], text: "close" },
  { keys: ["A"], text: "acknowledge" },
  { keys: ["R"], text: "resolve" },
  { keys: ["C"], text: "comment" },
  { keys: ["Home"], text: "first" },
  { keys: ["/", "Ctrl K"], text: "search" },
  { keys: ["?"], text: "help" },
  { keys: ["+", "−", "← ↑ → ↓"], text: "map" },
  { keys: ["← ↑ → ↓"], text: "cards" },
] as const;

/** What the keys do; the letters can be switched off here. */
export function ShortcutHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation("console");
  const letterKeys = usePreferences((state) => state.letterKeys);
  const setLetterKeys = usePreferences((state) => state.setLetterKeys);
  return (
    <Dialog open={open} onClose={onClose} title={t("help.title")}>
      <dl className={styles.keys}>
        {shortcuts.map(({ keys, text }) => (
          <div key={text}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`help.${text}`)}</dd>
          </div>
        ))}
      </dl>
      <label className={styles.check}>
        <input type="checkbox" checked={letterKeys} onChange={(event) => setLetterKeys(event.target.checked)} />
        {t("help.letters")}
      </label>
    </Dialog>
  );
}
