import type { Span } from 'oxc-parser';
import type { Rule } from './rule.ts';

const known = /(^|:)(totp|recovery-code|sms|security-key|push)$/;
const mayName = /^src\/(factors\/|config\/|config\.ts$)/;

/** Nothing but its own folder and the configuration's defaults knows a second factor by name: so that one more needs no change elsewhere. */
export const factorNames: Rule = ({ path, object }) => {
  if (!path.startsWith('src/') || mayName.test(path)) return {};
  const look = (at: Span, text: unknown) => {
    if (typeof text === 'string' && known.test(text)) object(at, `'${text}' names a factor outside src/factors`);
  };
  return {
    Literal: (node) => look(node, node.value),
    TemplateElement: (node) => look(node, node.value.cooked),
  };
};
