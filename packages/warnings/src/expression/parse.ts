import type { Arithmetic, Comparison } from "./bounds.ts";

export type NumberNode =
  | { type: "number"; value: number }
  | { type: "signal"; name: string }
  | { type: "arithmetic"; operator: Arithmetic; left: NumberNode; right: NumberNode };

export type TruthNode =
  | { type: "comparison"; operator: Comparison; left: NumberNode; right: NumberNode }
  | { type: "and" | "or"; left: TruthNode; right: TruthNode }
  | { type: "not"; of: TruthNode };

type Node = NumberNode | TruthNode;

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
  kind: "number" | "name" | "symbol" | "end";
  text: string;
  position: number;
}

const tokenPattern = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(>=|<=|==|!=|[<>+\-*/()]))/y;
const words = new Set(["and", "or", "not"]);
const comparisons: readonly string[] = [">=", ">", "<=", "<", "==", "!="];
const longest = 1000;
const deepest = 50;

function tokensOf(source: string): Token[] {
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
    const text = match[1] ?? match[2] ?? match[3] ?? "";
    const position = tokenPattern.lastIndex - text.length + 1;
    const kind = match[1] !== undefined ? "number" : match[2] !== undefined && !words.has(text) ? "name" : "symbol";
    tokens.push({ kind, text, position });
  }
  tokens.push({ kind: "end", text: "the end", position: end + 1 });
  return tokens;
}

function isTruth(node: Node): node is TruthNode {
  return node.type === "comparison" || node.type === "and" || node.type === "or" || node.type === "not";
}

/** Recursive descent, loosest first: or, and, not, comparison, sum, product, sign, primary. */
class Parser {
  private readonly source: string;
  private readonly tokens: Token[];
  private index = 0;
  private depth = 0;

  constructor(source: string) {
    this.source = source;
    this.tokens = tokensOf(source);
  }

  parse(): TruthNode {
    const start = this.peek();
    const node = this.disjunction();
    if (this.peek().kind !== "end") throw this.problem(`did not expect "${this.peek().text}"`);
    return this.truth(node, start);
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
    const operator = this.peek();
    if (!comparisons.includes(operator.text)) return left;
    this.index++;
    const second = this.peek();
    const right = this.number(this.sum(), second);
    if (comparisons.includes(this.peek().text)) throw this.problem("a comparison cannot follow a comparison");
    return { type: "comparison", operator: operator.text as Comparison, left: this.number(left, start), right };
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
    const zero: NumberNode = { type: "number", value: 0 };
    return this.nested(() => ({
      type: "arithmetic",
      operator: "-",
      left: zero,
      right: this.number(this.sign(), start),
    }));
  }

  private primary(): Node {
    const token = this.peek();
    if (token.kind === "number" || token.kind === "name") {
      this.index++;
      return token.kind === "number"
        ? { type: "number", value: Number(token.text) }
        : { type: "signal", name: token.text };
    }
    if (!this.take("(")) throw this.problem(`expected a number, a signal or "(", found "${token.text}"`);
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

  private number(node: Node, start: Token): NumberNode {
    if (!isTruth(node)) return node;
    throw new ExpressionError("expected a number, found something true or false", start.position, this.source);
  }

  private problem(text: string): ExpressionError {
    return new ExpressionError(text, this.peek().position, this.source);
  }
}

/**
 * Reads an expression: numbers, signal names, `+ - * /`, `>= > <= < == !=`, `and`, `or`, `not`, parentheses.
 *
 * @throws {ExpressionError} naming the character where reading failed.
 */
export function parseExpression(source: string): TruthNode {
  return new Parser(source).parse();
}
