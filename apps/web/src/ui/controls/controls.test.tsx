import { renderToStaticMarkup } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import type { ReactNode } from "react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { beforeAll, describe, expect, it } from "vitest";
import type { i18n } from "i18next";
import { severityStyles } from "@ioc/charts/tokens";
import { severities } from "@ioc/contracts/severity";
import { createTexts, loadTexts } from "../../texts/index.ts";
import { BasisTag, LevelText, QualityMark, SeverityBadge, StateChip, Value } from "./index.ts";

const texts: Partial<Record<"vi" | "en", i18n>> = {};
beforeAll(async () => {
  for (const lang of ["vi", "en"] as const) texts[lang] = createTexts(lang, await loadTexts(lang, ["common"]));
});
const html = (node: ReactNode, lang: "vi" | "en" = "vi") =>
  renderToStaticMarkup(
    <I18nextProvider i18n={texts[lang]!}>
      <QueryClientProvider client={new QueryClient()}>{node}</QueryClientProvider>
    </I18nextProvider>,
  );
const count = (text: string, part: string) => text.split(part).length - 1;

describe("severity badge", () => {
  it("has its own shape, its bars and its word for every severity", () => {
    const drawn = severities.map((severity) => html(<SeverityBadge severity={severity} size={24} />));
    expect(drawn.map((text) => count(text, "<rect"))).toEqual(severities.map((one) => severityStyles[one].bars));
    expect(new Set(drawn.map((text) => /<path d="([^"]*)"/.exec(text)?.[1])).size).toBe(4);
    expect(drawn[3]).toContain('aria-label="Rất nghiêm trọng"');
    expect(html(<SeverityBadge severity="Severe" />, "en")).toContain('aria-label="Severe"');
  });

  it("draws the shape only below 24 px, and no fill while a condition is not firing", () => {
    expect(html(<SeverityBadge severity="Extreme" size={20} />)).not.toContain("<rect");
    expect(html(<SeverityBadge severity="Severe" hollow />)).toContain('fill="none"');
  });
});

describe("level", () => {
  it("never puts a level of scale ioc into a risk chip", () => {
    const ioc = html(<LevelText scale="ioc" level={3} />);
    expect(ioc).toContain("Mức 3 Cảnh báo");
    expect(ioc).not.toContain("--c-risk");
    const risk = html(<LevelText scale="risk" level={3} />);
    expect(risk).toContain("Cấp độ rủi ro thiên tai 3");
    expect(risk).toContain("đề xuất");
  });
});

it("names a project setting as one, with its source", () => {
  const tag = html(<BasisTag basis="project" source="x" />);
  expect(tag).toContain("Thiết lập của hệ thống");
  expect(tag).not.toContain("Chính thức");
  expect(tag).toContain("không phải giới hạn theo quy định");
});

it("shows a missing value as a dash and speaks units in full", () => {
  expect(html(<Value value={null} unit="mm" decimals={1} />)).toContain("—");
  const shown = html(<Value value={74.2} unit="mm" decimals={1} />);
  expect(shown).toContain("74,2\u00a0mm");
  expect(shown).toContain("mi-li-mét");
  expect(html(<Value value={74.2} unit="mm" decimals={1} />, "en")).toContain("74.2\u00a0mm");
});

it("says the state in words with a glyph", () => {
  expect(html(<StateChip state="offline" />)).toMatch(/<svg.*Mất kết nối/);
  expect(html(<StateChip state="stale" age={720_000} />)).toContain("Cũ 12");
  expect(html(<StateChip state="normal" />)).not.toContain("<svg");
});

describe("quality", () => {
  const all = ["range", "spike", "flat", "drift", "gap", "skew", "late"];

  it("says every reason in words of both languages", () => {
    const english = html(<QualityMark flag={3} reasons={all} />, "en");
    expect(english).toContain(
      "Doubtful (out of range, spike, frozen value, drifts from its neighbours, after a gap, clock skew, arrived late)",
    );
    expect(html(<QualityMark flag={3} reasons={["drift"]} />)).toContain("Nghi ngờ (lệch so với các trạm lân cận)");
  });

  it("shows the codes of the source, and a mark of what is good", () => {
    const codes = ["source:-3", "source:GSM"];
    expect(html(<QualityMark flag={4} reasons={codes} />, "en")).toContain("Bad (source&#x27;s quality code: -3 GSM)");
    expect(html(<QualityMark flag={1} reasons={["gap"]} />)).toContain("Hợp lệ (sau quãng mất số liệu)");
    expect(html(<QualityMark flag={1} reasons={["<b>"]} />, "en")).not.toContain("(");
  });
});
