import type { Rule } from './rule.ts';

/** Nothing is kept from the compiler or from the linter. */
export const typeHoles: Rule = ({ comments, object }) => {
  for (const comment of comments) {
    if (/@ts-\w/.test(comment.value)) object(comment, 'no @ts- comment: mend the type');
    if (/biome-ignore/.test(comment.value)) object(comment, 'no biome-ignore: mend the code');
  }
  return {
    TSAnyKeyword: (node) => object(node, 'no any'),
    TSNonNullExpression: (node) => object(node, 'no non-null assertion'),
    PropertyDefinition: (node) => node.definite && object(node, 'no definite assignment'),
    VariableDeclarator: (node) => node.definite && object(node, 'no definite assignment'),
  };
};
