import { useState } from "react";
import type { DragEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BoardCard, StatisticItem } from "@ioc/contracts";
import { Button } from "../../../ui/controls/index.ts";
import { Icon } from "../../../ui/icons/index.ts";
import { ChartCard } from "../chart-card.tsx";
import { useNames } from "../use-names.ts";
import { useGroupName } from "../use-subjects.ts";
import { CardSettings } from "./card-settings.tsx";
import { cardKeys, moved } from "./card-order.ts";
import type { BoardDraft } from "./use-board.ts";
import styles from "./boards.module.css";

interface Props {
  draft: BoardDraft;
  items: readonly StatisticItem[];
  editing: boolean;
  link: (id: string, name: string, view: Record<string, string>) => ReactNode;
  hrefOf: (id: string, view: Record<string, string>) => string;
}

/** The cards in their order, one to four columns wide. While the board is edited they are moved by buttons or by dragging. */
export function BoardCards({ draft, items, editing, link, hrefOf }: Props) {
  const { t } = useTranslation("boards");
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const keys = cardKeys(draft.cards);
  const drop = () => {
    if (dragged !== null && over !== null && dragged !== over) draft.set({ cards: moved(draft.cards, dragged, over) });
    setDragged(null);
    setOver(null);
  };
  return (
    <>
      <h2 className="visually-hidden">{t("cards")}</h2>
      <ul className={styles.cards} aria-label={t("cards")}>
        {draft.cards.map((card, index) => {
          const item = items.find((one) => one.id === card.statistic);
          const dragging = {
            onDragOver: (event: DragEvent) => {
              if (dragged === null) return;
              event.preventDefault();
              setOver(index);
            },
            onDrop: (event: DragEvent) => {
              event.preventDefault();
              drop();
            },
          };
          return (
            <li
              key={keys[index]}
              data-span={card.span}
              data-over={(over === index && dragged !== null && dragged !== index) || undefined}
              {...(editing ? dragging : {})}
            >
              {editing ? (
                <CardTools
                  draft={draft}
                  index={index}
                  name={item?.name}
                  onDrag={setDragged}
                  onDragEnd={() => {
                    setDragged(null);
                    setOver(null);
                  }}
                />
              ) : null}
              {item ? (
                <>
                  {editing ? <CardSettings item={item} card={card} index={index} draft={draft} /> : null}
                  <Card item={item} card={card} link={link} hrefOf={hrefOf} />
                </>
              ) : (
                <p className={styles.gone}>{t("gone", { id: card.statistic })}</p>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

interface CardProps extends Pick<Props, "link" | "hrefOf"> {
  item: StatisticItem;
  card: BoardCard;
}

function Card({ item, card, link, hrefOf }: CardProps) {
  const nameOf = useNames();
  const groupName = useGroupName(item);
  const { group, subject, chart } = card;
  const view = { ...(group ? { group } : {}), ...(subject ? { subject } : {}) };
  const address = { ...view, ...(chart ? { chart } : {}) };
  const of = [group ? groupName(group) : "", subject ? nameOf(subject) : ""].filter((part) => part !== "").join(" · ");
  return (
    <ChartCard
      item={item}
      nameOf={nameOf}
      view={view}
      kind={chart}
      of={of === "" ? undefined : of}
      link={(name) => link(item.id, name, address)}
      href={hrefOf(item.id, address)}
    />
  );
}

interface ToolProps {
  draft: BoardDraft;
  index: number;
  name: StatisticItem["name"] | undefined;
  onDrag: (index: number) => void;
  onDragEnd: () => void;
}

function CardTools({ draft, index, name, onDrag, onDragEnd }: ToolProps) {
  const { t, i18n } = useTranslation("boards");
  const card = draft.cards[index]!;
  const title = name?.[i18n.language === "en" ? "en" : "vi"] ?? card.statistic;
  const move = (to: number) => draft.set({ cards: moved(draft.cards, index, to) });
  return (
    <div className={styles.cardTools} role="group" aria-label={t("tools", { name: title, place: index + 1 })}>
      <span
        className={styles.grip}
        draggable
        title={t("drag")}
        aria-hidden
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = "move";
          event.dataTransfer.setData("text/plain", title);
          onDrag(index);
        }}
        onDragEnd={onDragEnd}
      >
        <Icon name="grip" />
      </span>
      <Button kind="quiet" disabled={index === 0} onClick={() => move(index - 1)} aria-label={t("earlier")}>
        <Icon name="chevron-left" />
      </Button>
      <Button
        kind="quiet"
        disabled={index === draft.cards.length - 1}
        onClick={() => move(index + 1)}
        aria-label={t("later")}
      >
        <Icon name="chevron-right" />
      </Button>
      <Button kind="quiet" className={styles.removeButton ?? ""} onClick={() => draft.remove(index)}>
        <Icon name="trash" size={16} /> {t("remove")}
      </Button>
    </div>
  );
}
