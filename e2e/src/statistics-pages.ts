import type { Locator, Page } from "playwright-core";

/** Words of the screens in the two languages, as a reader sees them. */
export const words = {
  vi: {
    lang: "vi",
    count: /^\d+ thống kê$/,
    search: "Tìm và lọc thống kê",
    chart: "Kiểu biểu đồ",
    tab: { chart: "Biểu đồ", table: "Bảng", subjects: "So sánh nơi", periods: "So sánh kỳ", multiples: "Từng nơi" },
    addPlace: "Thêm nơi để so sánh",
    chosen: "Các nơi đang so sánh",
    copyLink: "Sao chép liên kết",
    copied: "Đã sao chép liên kết.",
    board: { name: "Tên bảng", add: "Thêm thống kê", save: "Lưu", saved: /Lưu lúc/, remove: "Bỏ", undo: "Hoàn tác" },
    key: { title: "Khóa API", use: "Dùng khóa này" },
    editor: {
      name: "Tên · tiếng Việt",
      save: "Lưu phiên bản",
      note: "Ghi chú",
      ready: "Tính xong.",
      version: (version: number) => `Phiên bản ${version}, không có thay đổi.`,
      enterKey: "Nhập khóa API",
    },
  },
  en: {
    lang: "en",
    count: /^\d+ statistics?$/,
    search: "Search and filter statistics",
    chart: "Chart type",
    tab: {
      chart: "Chart",
      table: "Table",
      subjects: "Compare places",
      periods: "Compare periods",
      multiples: "Each place",
    },
    addPlace: "Add a place to compare",
    chosen: "Places compared",
    copyLink: "Copy link",
    copied: "Link copied.",
    board: {
      name: "Name of the board",
      add: "Add a statistic",
      save: "Save",
      saved: /Saved at/,
      remove: "Remove",
      undo: "Undo",
    },
    key: { title: "API key", use: "Use this key" },
    editor: {
      name: "Name · English",
      save: "Save version",
      note: "Note",
      ready: "Calculated.",
      version: (version: number) => `Version ${version}, no changes.`,
      enterKey: "Enter the API key",
    },
  },
} as const;
export type Words = (typeof words)[keyof typeof words];

/** Chooses in a field that searches a long list. */
async function choose(page: Page, label: string, typed: string, option: string | RegExp): Promise<void> {
  const field = page.getByRole("combobox", { name: label, exact: true });
  await field.click();
  await field.fill(typed);
  await page.getByRole("listbox", { name: label, exact: true }).getByRole("option", { name: option }).first().click();
}

/** A screen in the language of its reader. */
class Screen {
  readonly page: Page;
  readonly say: Words;
  constructor(page: Page, say: Words) {
    this.page = page;
    this.say = say;
  }
}

/** The gallery of all statistics. */
export class Gallery extends Screen {
  /** How many are found; null before the answer. */
  async count(): Promise<number | null> {
    const said = await this.page.getByRole("status").filter({ hasText: this.say.count }).allInnerTexts();
    return said[0] === undefined ? null : Number.parseInt(said[0], 10);
  }
  search(): Locator {
    return this.page.getByRole("search", { name: this.say.search }).getByRole("searchbox");
  }
  /** Text of the link that has the focus. */
  focused(): Promise<string> {
    return this.page.evaluate(
      () => (document.activeElement?.matches("a") ? document.activeElement.textContent : "") ?? "",
    );
  }
}

/** The page of one statistic. */
export class StatisticPage extends Screen {
  title(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }
  tab(name: keyof Words["tab"]): Locator {
    return this.page.getByRole("tab", { name: this.say.tab[name], exact: true });
  }
  async addPlace(typed: string): Promise<void> {
    await choose(this.page, this.say.addPlace, typed, /./);
  }
  chosen(): Locator {
    return this.page.getByRole("list", { name: this.say.chosen }).getByRole("listitem");
  }
}

/** The dialog that asks for an API key. */
export async function giveKey(page: Page, say: Words, key: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: say.key.title });
  await dialog.getByLabel(say.key.title).fill(key);
  await dialog.getByRole("button", { name: say.key.use }).click();
}

/** A board that is composed. */
export class BoardEditor extends Screen {
  async name(text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: this.say.board.name }).fill(text);
  }
  async add(typed: string, option: RegExp): Promise<void> {
    await choose(this.page, this.say.board.add, typed, option);
  }
  cards(): Locator {
    return this.page.getByRole("article");
  }
  async save(): Promise<void> {
    await this.page.getByRole("button", { name: this.say.board.save, exact: true }).click();
  }
}

/** The definition of a statistic as a form. */
export class DefinitionEditor extends Screen {
  nameField(): Locator {
    return this.page.getByRole("textbox", { name: this.say.editor.name });
  }
  async save(note: string): Promise<void> {
    await this.page.getByRole("button", { name: this.say.editor.save }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: this.say.editor.note }).fill(note);
    await dialog.getByRole("button", { name: this.say.editor.save }).click();
  }
}
