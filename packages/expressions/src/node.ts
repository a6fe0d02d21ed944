export type Comparison = ">=" | ">" | "<=" | "<" | "==" | "!=";
export type Arithmetic = "+" | "-" | "*" | "/";

/** What stands for a value. `text`, `nothing` and `call` occur in formulas only. */
export type ValueNode =
  | { type: "number"; value: number }
  | { type: "name"; name: string }
  | { type: "arithmetic"; operator: Arithmetic; left: ValueNode; right: ValueNode }
  | { type: "text"; value: string }
  | { type: "nothing" }
  | { type: "call"; name: string; arguments: readonly Node[] };

/** What is true or false. `among` occurs in formulas only. */
export type TruthNode =
  | { type: "comparison"; operator: Comparison; left: ValueNode; right: ValueNode }
  | { type: "and" | "or"; left: TruthNode; right: TruthNode }
  | { type: "not"; of: TruthNode }
  | { type: "among"; value: ValueNode; options: readonly ValueNode[] };

export type Node = ValueNode | TruthNode;

export function isTruth(node: Node): node is TruthNode {
  return (
    node.type === "comparison" ||
    node.type === "and" ||
    node.type === "or" ||
    node.type === "not" ||
    node.type === "among"
  );
}
