import { Icon } from "../../../ui/icons/index.ts";
import styles from "./page.module.css";

interface Props {
  label: string;
  value: string;
  options: readonly { id: string; label: string }[];
  onChange: (value: string) => void;
}

/** A named choice of a few. */
export function Field({ label, value, options, onChange }: Props) {
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <span className={styles.select}>
        <select value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" size={16} />
      </span>
    </label>
  );
}
