import type { Rule } from './rule.ts';

const LINES = 220;
const PARAMETERS = 3;

/** A file holds one thing, and a call can be read without counting. */
export const size: Rule = ({ path, text, object }) => {
  if (!path.startsWith('src/')) return {};
  const lines = text.trimEnd().split('\n').length;
  if (lines > LINES) object({ start: text.length }, `${lines} lines, more than ${LINES}`);
  const look = (node: { params: readonly unknown[]; start: number }) => {
    if (node.params.length > PARAMETERS) object(node, `more than ${PARAMETERS} positional parameters`);
  };
  return {
    FunctionDeclaration: look,
    FunctionExpression: look,
    ArrowFunctionExpression: look,
    TSMethodSignature: look,
    TSFunctionType: look,
  };
};
