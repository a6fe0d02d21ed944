import { useTranslation } from "react-i18next";
import type { Domain } from "@ioc/contracts";
import { useLang } from "../../../texts/index.ts";
import { DomainIcon } from "../../../ui/icons/index.ts";
import styles from "./gallery.module.css";

interface Props {
  domains: readonly Domain[];
  /** How many statistics of each domain fit the filters. */
  counts: ReadonlyMap<string, number>;
  chosen: string | undefined;
  onChoose: (domain: string | undefined) => void;
}

/** The domains in the pack's order, with counts. */
export function DomainNav({ domains, counts, chosen, onChoose }: Props) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return (
    <nav className={styles.domains} aria-label={t("domains")}>
      <ul>
        <li>
          <button type="button" aria-pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
            <span>{t("allDomains")}</span> <span className={styles.number}>{total}</span>
          </button>
        </li>
        {domains.map((domain) => (
          <li key={domain.id}>
            <button type="button" aria-pressed={chosen === domain.id} onClick={() => onChoose(domain.id)}>
              <DomainIcon domain={domain.id} size={20} />
              <span>{domain.name[lang]}</span> <span className={styles.number}>{counts.get(domain.id) ?? 0}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
