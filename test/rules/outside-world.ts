import type { Rule } from './rule.ts';

const readsEnvironment = /^src\/((main|config|cli)\.ts|bin\.cts)$/;
const readsClock = /^src\/system-clock\.ts$/;
const knowsNoRequest = /^src\/(domain|crypto|factors|stores|delivery|flows)\//;

/** The environment, the clock and the request enter at one place each, so that a test can stand in for them. */
export const outsideWorld: Rule = ({ path, object }) => {
  if (!path.startsWith('src/')) return {};
  return {
    MemberExpression(node) {
      const { object: owner, property } = node;
      if (owner.type !== 'Identifier' || property.type !== 'Identifier') return;
      const name = `${owner.name}.${property.name}`;
      if (name === 'process.env' && !readsEnvironment.test(path))
        object(node, 'process.env is read in config.ts alone');
      if (name === 'Date.now' && !readsClock.test(path)) object(node, 'take the time from a Clock, not Date.now');
    },
    ImportDeclaration(node) {
      if (/^(node:)?process$/.test(node.source.value))
        object(node, 'process is a global: importing it hides what is read');
    },
    VariableDeclarator(node) {
      const { id, init } = node;
      if (id.type === 'ObjectPattern' && init?.type === 'Identifier' && init.name === 'process') {
        object(node, 'taking process apart hides what is read');
      }
    },
    NewExpression(node) {
      const { callee, arguments: given } = node;
      if (callee.type !== 'Identifier' || callee.name !== 'Date' || given.length > 0 || readsClock.test(path)) return;
      object(node, 'take the time from a Clock, not new Date()');
    },
    CallExpression(node) {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date' || readsClock.test(path)) return;
      object(node, 'take the time from a Clock, not Date()');
    },
    Identifier(node) {
      if (node.name === 'ctx' && knowsNoRequest.test(path)) object(node, 'ctx stays in web and oidc');
    },
  };
};
