import { isTruth } from "./node.ts";
import type { Arithmetic, Comparison, Node, TruthNode, ValueNode } from "./node.ts";

/** An expression that cannot be read. `position` counts characters from 1. */
export class ExpressionError extends Error {
  readonly position: number;
  constructor(problem: string, position: number, source: string) {
    super(`${problem} at character ${position} of "${source}"`);
    this.name = "ExpressionError";
    this.position = position;
  }
}

interface Token {
  kind: "number" | "name" | "text" | "symbol" | "end";
  text: string;
  position: number;
}

/** Number, name, text in single quotes, symbol. Texts, commas and the words after them belong to formulas. */
const tokenPattern = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|('[^']*')|(>=|<=|==|!=|[<>+\-*/(),]))/y;
const words = new Set(["and", "or", "not"]);
const formulaWords = new Set([...words, "in", "null"]);
const comparisons: readonly string[] = [">=", ">", "<=", "<", "==", "!="];
const longest = 1000;
const deepest = 50;

function tokensOf(source: string, reserved: ReadonlySet<string>): Token[] {
  if (source.length > longest) throw new ExpressionError(`longer than ${longest} characters`, longest, source);
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < end) {
    const from = tokenPattern.lastIndex;
    const match = tokenPattern.exec(source);
    if (!match) {
      const at = from + (/^\s*/.exec(source.slice(from))?.[0].length ?? 0);
      throw new ExpressionError(`cannot read "${source.charAt(at)}"`, at + 1, source);
    }
    const [, number, name, text, symbol] = match;
    const found = number ?? name ?? text ?? symbol ?? "";
    const position = tokenPattern.lastIndex - found.length + 1;
    if (number !== undefined) tokens.push({ kind: "number", text: found, position });
    else if (name !== undefined) tokens.push({ kind: reserved.has(name) ? "symbol" : "name", text: found, position });
    else if (text !== undefined) tokens.push({ kind: "text", text: found, position });
    else tokens.push({ kind: "symbol", text: found, position });
  }
  tokens.push({ kind: "end", text: "the end", position: end + 1 });
  return tokens;
}

/** Recursive descent, loosest first: or, and, not, comparison, sum, product, sign, primary. */
class Parser {
  private readonly source: string;
  private readonly tokens: Token[];
  /** Whether texts, `null`, `in (…)` and calls may occur. */
  private readonly formula: boolean;
  private index = 0;
  private depth = 0;

  constructor(source: string, formula: boolean) {
    this.source = source;
    this.formula = formula;
    this.tokens = tokensOf(source, formula ? formulaWords : words);
  }

  condition(): TruthNode {
    const start = this.peek();
    return this.truth(this.whole(), start);
  }

  whole(): Node {
    const node = this.disjunction();
    if (this.peek().kind !== "end") throw this.problem(`did not expect "${this.peek().text}"`);
    return node;
  }

  private disjunction(): Node {
    return this.logical("or", () => this.conjunction());
  }

  private conjunction(): Node {
    return this.logical("and", () => this.negation());
  }

  private logical(word: "and" | "or", next: () => Node): Node {
    const start = this.peek();
    let left = next();
    while (this.take(word)) {
      const right = this.peek();
      left = { type: word, left: this.truth(left, start), right: this.truth(next(), right) };
    }
    return left;
  }

  private negation(): Node {
    if (!this.take("not")) return this.comparison();
    const start = this.peek();
    return this.nested(() => ({ type: "not", of: this.truth(this.negation(), start) }));
  }

  private comparison(): Node {
    const start = this.peek();
    const left = this.sum();
    if (this.formula && this.take("in")) return this.among(this.number(left, start));
    const operator = this.peek();
    if (!comparisons.includes(operator.text)) return left;
    this.index++;
    const second = this.peek();
    const right = this.number(this.sum(), second);
    if (comparisons.includes(this.peek().text)) throw this.problem("a comparison cannot follow a comparison");
    return { type: "comparison", operator: operator.text as Comparison, left: this.number(left, start), right };
  }

  private among(value: ValueNode): Node {
    if (!this.take("(")) throw this.problem(`expected "(" after "in", found "${this.peek().text}"`);
    return { type: "among", value, options: this.list().map((option) => this.number(option, this.peek())) };
  }

  /** Nodes up to the closing bracket; the opening one is taken. */
  private list(): Node[] {
    return this.nested(() => {
      const nodes: Node[] = [];
      if (this.take(")")) return nodes;
      do nodes.push(this.disjunction());
      while (this.take(","));
      if (!this.take(")")) throw this.problem(`expected "," or ")", found "${this.peek().text}"`);
      return nodes;
    });
  }

  private sum(): Node {
    return this.binary(["+", "-"], () => this.product());
  }

  private product(): Node {
    return this.binary(["*", "/"], () => this.sign());
  }

  private binary(operators: readonly Arithmetic[], next: () => Node): Node {
    const start = this.peek();
    let left = next();
    for (;;) {
      const operator = operators.find((symbol) => this.take(symbol));
      if (!operator) return left;
      const second = this.peek();
      left = {
        type: "arithmetic",
        operator,
        left: this.number(left, start),
        right: this.number(next(), second),
      };
    }
  }

  private sign(): Node {
    if (!this.take("-")) return this.primary();
    const start = this.peek();
    const zero: ValueNode = { type: "number", value: 0 };
    return this.nested(() => ({
      type: "arithmetic",
      operator: "-",
      left: zero,
      right: this.number(this.sign(), start),
    }));
  }

  private primary(): Node {
    const token = this.peek();
    if (token.kind === "number") {
      this.index++;
      return { type: "number", value: Number(token.text) };
    }
    if (token.kind === "name") {
      this.index++;
      if (this.formula && this.take("(")) return { type: "call", name: token.text, arguments: this.list() };
      return { type: "name", name: token.text };
    }
    if (this.formula && token.kind === "text") {
      this.index++;
      return { type: "text", value: token.text.slice(1, -1) };
    }
    if (this.formula && this.take("null")) return { type: "nothing" };
    if (!this.take("("))
      throw this.problem(`expected a number, a ${this.formula ? "name" : "signal"} or "(", found "${token.text}"`);
    const node = this.nested(() => this.disjunction());
    if (!this.take(")")) throw this.problem(`expected ")", found "${this.peek().text}"`);
    return node;
  }

  private nested<T>(inner: () => T): T {
    if (++this.depth > deepest) throw this.problem(`nested deeper than ${deepest}`);
    const result = inner();
    this.depth--;
    return result;
  }

  private peek(): Token {
    return this.tokens[this.index] ?? { kind: "end", text: "the end", position: this.source.length + 1 };
  }

  private take(text: string): boolean {
    if (this.peek().kind !== "symbol" || this.peek().text !== text) return false;
    this.index++;
    return true;
  }

  private truth(node: Node, start: Token): TruthNode {
    if (isTruth(node)) return node;
    throw new ExpressionError("expected something that is true or false, found a number", start.position, this.source);
  }

  private number(node: Node, start: Token): ValueNode {
    if (!isTruth(node)) return node;
    throw new ExpressionError("expected a number, found something true or false", start.position, this.source);
  }

  private problem(text: string): ExpressionError {
    return new ExpressionError(text, this.peek().position, this.source);
  }
}

/**
 * Reads a condition: numbers, names, `+ - * /`, `>= > <= < == !=`, `and`, `or`, `not`, parentheses. Names are signals.
 *
 * @throws {ExpressionError} naming the character where reading failed.
 */
export function parseCondition(source: string): TruthNode {
  return new Parser(source, false).condition();
}

/**
 * Reads a formula: what a condition may hold, and texts in single quotes, `null`, `x in ('a', 'b')` and calls such as
 * `count(channel == 'online')`. The result may be a value or a truth.
 *
 * @throws {ExpressionError} naming the character where reading failed.
 */
export function parseFormula(source: string): Node {
  return new Parser(source, true).whole();
}
