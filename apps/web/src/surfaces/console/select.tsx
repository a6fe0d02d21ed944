import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons/index.ts";
import styles from "./console.module.css";

interface Props {
  label: string;
  /** Empty: all. */
  value: string;
  options: readonly { id: string; label: string }[];
  onChange: (value: string) => void;
}

/** A native select that shows its name while nothing is chosen. */
export function Select({ label, value, options, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <span className={styles.select} data-chosen={value !== "" || undefined}>
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{`${label}: ${t("all").toLowerCase()}`}</option>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" size={16} />
    </span>
  );
}
