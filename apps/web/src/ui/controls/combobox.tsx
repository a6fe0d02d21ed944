import { useId, useMemo, useState } from "react";
import type { KeyboardEvent } from "react";
import { Icon } from "../icons/index.ts";
import type { UiGlyph } from "../icons/index.ts";
import { matchRank } from "./fold.ts";
import styles from "./combobox.module.css";

export interface ComboboxOption {
  id: string;
  label: string;
  /** Steps inwards in a tree. */
  depth?: number;
  /** Said after the label, and searched too. */
  note?: string;
}

interface Props {
  label: string;
  options: readonly ComboboxOption[];
  /** Id of the option that is chosen; null where choosing is an act of its own, such as adding. */
  value: string | null;
  onChange: (id: string) => void;
  placeholder: string;
  /** Said when nothing matches. */
  empty: string;
  icon?: UiGlyph;
  disabled?: boolean;
  className?: string | undefined;
}

/** More would be slow to draw, and nobody reads them: they type. */
const most = 200;

/** A field that chooses from a long list; accents need not be typed, the best match comes first. */
export function Combobox(props: Props) {
  const { label, options, value, onChange, placeholder, empty, icon = "search", disabled, className = "" } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const found = useMemo(() => (open ? search(options, query) : []), [open, options, query]);
  const chosen = options.find((option) => option.id === value)?.label ?? "";

  const close = () => {
    setOpen(false);
    setQuery("");
  };
  const choose = (option: ComboboxOption | undefined) => {
    if (!option) return;
    onChange(option.id);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!open) setOpen(true);
      else setActive((at) => Math.min(found.length - 1, Math.max(0, at + step)));
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      choose(found[active]);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      event.preventDefault();
      close();
    }
  };

  return (
    <div
      className={`${styles.picker} ${className}`}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <Icon name={icon} size={16} className={styles.icon} />
      <input
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && found[active] ? `${id}-${active}` : undefined}
        autoComplete="off"
        className={styles.input}
        placeholder={open || value === null ? placeholder : undefined}
        disabled={disabled}
        value={open ? query : chosen}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setActive(0)}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
      />
      <Icon name="chevron-down" size={16} className={styles.arrow} />
      {open ? (
        <div role="listbox" id={`${id}-list`} aria-label={label} className={styles.list}>
          {found.length === 0 ? <p className={styles.empty}>{empty}</p> : null}
          {found.map((option, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the input holds the focus and handles the keys
            <div
              key={option.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={option.id === value}
              data-active={index === active || undefined}
              className={styles.option}
              style={{ paddingInlineStart: query ? undefined : 12 + (option.depth ?? 0) * 14 }}
              ref={index === active ? scrollNear : undefined}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
            >
              {option.label}
              {option.note ? <span className={styles.note}> {option.note}</span> : null}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}

function scrollNear(element: HTMLDivElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

function search(options: readonly ComboboxOption[], query: string): readonly ComboboxOption[] {
  if (query.trim() === "") return options.slice(0, most);
  return options
    .map((option) => ({
      option,
      rank: Math.min(matchRank(option.label, query), option.note ? matchRank(option.note, query) + 4 : Infinity),
    }))
    .filter(({ rank }) => Number.isFinite(rank))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ option }) => option);
}
