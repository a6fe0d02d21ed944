import type { BoardCard } from "@ioc/contracts";

/** The card at `from` moved to stand at `to`; the others close up. */
export function moved(cards: readonly BoardCard[], from: number, to: number): BoardCard[] {
  const card = cards[from];
  if (!card || to < 0 || to >= cards.length) return [...cards];
  const rest = cards.toSpliced(from, 1);
  return rest.toSpliced(to, 0, card);
}

/** Keys for a list whose entries may be equal: the same card keeps its key when others move. */
export function cardKeys(cards: readonly BoardCard[]): string[] {
  const seen = new Map<string, number>();
  return cards.map(({ statistic, group, subject }) => {
    const name = [statistic, group, subject].join(" ");
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return `${name} ${count}`;
  });
}
