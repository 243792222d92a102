import { posix } from 'node:path';
import type { Rule } from './rule.ts';

const emptyFile =
  /^(utils?|helpers?|common|misc|shared|types?|interfaces?|base)$|[-.](manager|service|helpers?|utils?)$/i;
const emptyName = /(Manager|Service|Helpers?|Utils?)$|^(Abstract|Base)[A-Z]|^I[A-Z][a-z]/;

/** Names say what a thing is for. A name that fits everything says nothing. */
export const names: Rule = ({ path, object }) => {
  for (const segment of path.split('/')) {
    const name = posix.basename(segment).replace(/(\.test)?\.\w+$/, '');
    if (emptyFile.test(name)) object({ start: 0 }, `the name ${name} says nothing`);
  }
  const look = (id: { name: string; start: number } | null) => {
    if (id !== null && emptyName.test(id.name)) object(id, `the name ${id.name} says nothing`);
  };
  return {
    ClassDeclaration(node) {
      look(node.id);
      if (node.abstract) object(node, 'no base classes');
      if (node.superClass?.type === 'Identifier' && !isError(node.superClass.name)) object(node, 'no base classes');
    },
    TSInterfaceDeclaration: ({ id }) => look(id),
    TSTypeAliasDeclaration: ({ id }) => look(id),
  };
};

/** An error must inherit: that is how JavaScript knows one. */
function isError(name: string): boolean {
  return name.endsWith('Error');
}
