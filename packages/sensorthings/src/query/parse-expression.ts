import type { ArithmeticOperator, ComparisonOperator, Expression } from "./expression.ts";
import { arityOf, functionNames } from "./function-names.ts";
import { tokensOf } from "./lexer.ts";
import type { Token } from "./lexer.ts";
import { QuerySyntaxError } from "./options.ts";

const longest = 8000;
const deepest = 40;
const mostNodes = 500;

const comparisons: ReadonlySet<string> = new Set(["eq", "ne", "gt", "ge", "lt", "le"]);

/**
 * Reads the expression of a `$filter` or of one term of `$orderby`.
 *
 * @param option named in errors.
 * @throws {QuerySyntaxError} with the place; also for what is too long, too deep or has too many parts.
 */
export function parseExpression(source: string, option = "$filter"): Expression {
  if (source.length > longest) {
    throw new QuerySyntaxError(`is longer than ${longest} characters`, option, longest + 1);
  }
  return new Parser(source, option).parse();
}

/**
 * Recursive descent, loosest first: or, and, not, comparison, add and sub, mul and div and mod, primary. `not` takes the
 * whole comparison behind it (`not time lt …`), as the conformance tests write it.
 */
class Parser {
  readonly #tokens: Token[];
  readonly #option: string;
  #index = 0;
  #depth = 0;
  #nodes = 0;

  constructor(source: string, option: string) {
    this.#option = option;
    this.#tokens = tokensOf(source, option);
  }

  parse(): Expression {
    const expression = this.#any();
    if (this.#peek().kind !== "end") throw this.#problem(`did not expect "${this.#peek().text}"`);
    return expression;
  }

  #any(): Expression {
    this.#depth += 1;
    if (this.#depth > deepest) throw this.#problem(`is nested deeper than ${deepest}`);
    const expression = this.#operands("or", () => this.#operands("and", () => this.#negation()));
    this.#depth -= 1;
    return expression;
  }

  #operands(kind: "and" | "or", next: () => Expression): Expression {
    const operands = [next()];
    while (this.#takeWord((word) => word === kind)) operands.push(next());
    return operands.length === 1 && operands[0] ? operands[0] : this.#node({ kind, operands });
  }

  #negation(): Expression {
    let negated = 0;
    while (this.#isWord("not") && !this.#isOperator(this.#index + 1)) {
      negated += 1;
      if (negated > deepest) throw this.#problem(`is nested deeper than ${deepest}`);
      this.#index += 1;
    }
    let expression = this.#comparison();
    for (let i = 0; i < negated; i += 1) expression = this.#node({ kind: "not", operand: expression });
    return expression;
  }

  #comparison(): Expression {
    const left = this.#sum();
    if (this.#takeWord((word) => word === "in")) return this.#node({ kind: "in", value: left, list: this.#list() });
    const operator = this.#takeWord((word) => comparisons.has(word));
    if (operator === null) return left;
    const right = this.#sum();
    if (this.#peek().kind === "word" && comparisons.has(this.#peek().text)) {
      throw this.#problem("a comparison cannot follow a comparison");
    }
    return this.#node({ kind: "comparison", operator: operator as ComparisonOperator, left, right });
  }

  #list(): Expression[] {
    if (this.#peek().text !== "(") return [this.#sum()];
    return this.#arguments();
  }

  #sum(): Expression {
    return this.#chain(
      (word) => word === "add" || word === "sub",
      () => this.#product(),
    );
  }

  #product(): Expression {
    return this.#chain(
      (word) => word === "mul" || word === "div" || word === "mod",
      () => this.#primary(),
    );
  }

  #chain(is: (word: string) => boolean, next: () => Expression): Expression {
    let left = next();
    for (let count = 0; ; count += 1) {
      const operator = this.#takeWord(is);
      if (operator === null) return left;
      if (count > deepest) throw this.#problem(`more than ${deepest} terms in a row`);
      left = this.#node({ kind: "arithmetic", operator: operator as ArithmeticOperator, left, right: next() });
    }
  }

  #primary(): Expression {
    const token = this.#peek();
    if (token.kind === "literal") {
      this.#index += 1;
      return this.#node({ kind: "literal", value: token.value });
    }
    if (token.text === "(") return this.#bracketed();
    if (token.kind === "word" && this.#tokens[this.#index + 1]?.text === "(") return this.#call(token.text);
    if (token.kind === "word" || token.kind === "path") {
      this.#index += 1;
      return this.#node({ kind: "path", steps: token.kind === "word" ? [token.text] : token.steps });
    }
    throw this.#problem(`expected a value, a property or a function, found "${token.text}"`);
  }

  #bracketed(): Expression {
    this.#index += 1;
    const expression = this.#any();
    this.#expect(")");
    return expression;
  }

  #call(name: string): Expression {
    const position = this.#index;
    const arity = arityOf(name);
    if (!arity) throw this.#problem(`there is no function ${name}; known are ${functionNames().join(", ")}`);
    this.#index += 1;
    const args = this.#arguments();
    if (args.length < arity.least || args.length > arity.most) {
      this.#index = position;
      const expected = arity.least === arity.most ? `${arity.least}` : `${arity.least} to ${arity.most}`;
      throw this.#problem(`${name} takes ${expected} arguments, not ${args.length}`);
    }
    if (name === "during") this.#checkDuring(args[1], position);
    return this.#node({ kind: "call", name, args });
  }

  /** Something can only happen during a stretch of time. */
  #checkDuring(span: Expression | undefined, position: number): void {
    const isInstant =
      (span?.kind === "literal" && (span.value as { kind?: string } | null)?.kind !== "interval") ||
      (span?.kind === "path" && span.steps.at(-1) === "resultTime");
    if (!isInstant) return;
    this.#index = position;
    throw this.#problem(
      "the second argument of during must be an interval such as 2026-01-31T09:00Z/2026-01-31T10:00Z",
    );
  }

  #arguments(): Expression[] {
    this.#expect("(");
    const args: Expression[] = [];
    if (this.#peek().text === ")") {
      this.#index += 1;
      return args;
    }
    do args.push(this.#any());
    while (this.#takeComma());
    this.#expect(")");
    return args;
  }

  #node(expression: Expression): Expression {
    this.#nodes += 1;
    if (this.#nodes > mostNodes) throw this.#problem(`has more than ${mostNodes} parts`);
    return expression;
  }

  #peek(): Token {
    return this.#tokens[this.#index] as Token;
  }

  #isWord(text: string): boolean {
    return this.#peek().kind === "word" && this.#peek().text === text;
  }

  /** A word that only makes sense between two values: what stands before it is then a property. */
  #isOperator(index: number): boolean {
    const token = this.#tokens[index];
    return token?.kind === "word" && (comparisons.has(token.text) || token.text === "and" || token.text === "or");
  }

  #takeWord(is: (word: string) => boolean): string | null {
    const token = this.#peek();
    if (token.kind !== "word" || !is(token.text)) return null;
    this.#index += 1;
    return token.text;
  }

  #takeComma(): boolean {
    if (this.#peek().text !== "," || this.#peek().kind !== "symbol") return false;
    this.#index += 1;
    return true;
  }

  #expect(symbol: "(" | ")"): void {
    const token = this.#peek();
    if (token.kind !== "symbol" || token.text !== symbol) {
      throw this.#problem(`expected "${symbol}", found "${token.text}"`);
    }
    this.#index += 1;
  }

  #problem(message: string): QuerySyntaxError {
    return new QuerySyntaxError(message, this.#option, this.#peek().position);
  }
}
