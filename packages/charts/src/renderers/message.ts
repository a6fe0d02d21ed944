import { styleOf, type ChartContext, type ChartPlan } from "../context.ts";
import { formatShare, noValue } from "../format.ts";
import { canvas, text } from "../plot.ts";
import { wrapText } from "../text.ts";
import { words } from "../words.ts";
import type { Frame, Lang } from "@ioc/contracts";

interface Unavailable {
  frame: Pick<Frame, "status" | "coverage">;
  context: ChartContext;
}

/** What is said instead of a drawing: why there is no value. */
export function messageText({ frame, context }: { frame: Unavailable["frame"]; context: { lang: Lang } }): string {
  const say = words(context.lang);
  if (frame.status === "error") return say.error;
  if (frame.status === "insufficient") {
    // What is there is valid, but it does not reach back far enough.
    if (frame.coverage === null || frame.coverage > 0.9) return say.tooShort;
    return say.insufficientLong(formatShare(frame.coverage, context.lang));
  }
  return say.empty;
}

/** A dash and the reason in words, in the middle of the plot. Never an empty frame, never a zero. */
export function message(drawing: Unavailable): ChartPlan {
  const { context } = drawing;
  const style = styleOf(context);
  const lines = wrapText(messageText(drawing), style.size, context.width - 2 * style.size, 3);
  const big = style.size * 2;
  const middle = context.height / 2 - (lines.length * style.line) / 2;
  return {
    option: canvas([
      text(style, context.width / 2, middle - big * 0.3, noValue, { size: big, align: "center", fill: style.text3 }),
      ...lines.map((line, index) =>
        text(style, context.width / 2, middle + big * 0.5 + style.line * (index + 0.5), line, {
          align: "center",
          fill: style.text2,
        }),
      ),
    ]),
    pointing: "place",
    points: () => [],
  };
}
