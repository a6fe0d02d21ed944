export { ExpressionError, parseCondition, parseFormula } from "./parse.ts";
export type { Arithmetic, Comparison, Node, TruthNode, ValueNode } from "./node.ts";
export { isTruth } from "./node.ts";
