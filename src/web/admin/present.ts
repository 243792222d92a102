import { type Actor, rankOf } from '../../flows/administration/actor.ts';
import { type AdminFrame, type AdminPart, type Section, said, sections } from './part.ts';
import { type Again, bindingOf, type Visit } from './visit.ts';

/** Shows one of the pages under views/admin. @param again of a form that changed nothing */
export function present(
  visit: Visit,
  view: `admin/${string}`,
  { again, ...part }: Omit<AdminPart, keyof AdminFrame> & Pick<AdminFrame, 'section'> & { readonly again?: Again },
): void {
  const { ctx, needs, account, actor } = visit;
  const word = said.find((one) => one === ctx.query.said);
  const { name } = account.profile;
  needs.pages.show(ctx, view, {
    admin: {
      home: `${needs.base}/admin`,
      signOut: `${needs.base}/session/end`,
      ownPage: `${needs.base}/account`,
      role: actor.role,
      sections: sectionsFor(actor),
      faults: faultsByField(again),
      ...(word && { said: word }),
      ...(again && { refusal: again.code }),
      ...(again?.typed && { typed: again.typed }),
      ...(again?.typedBeside && { typedBeside: again.typedBeside }),
      ...(again?.code === 'unproved' && { prove: `${needs.base}/admin/prove` }),
      ...part,
    },
    bound: bindingOf(visit),
    person: { username: account.username, ...(name !== undefined && { name }) },
    reader: { person: account },
  });
}

/** By the field of the form: what an act names is sometimes one of several lines, or lies deeper. The first of each counts. */
function faultsByField(again: Again | undefined): AdminFrame['faults'] {
  const found = (again?.faults ?? []).map(({ field, reason }) => {
    const shown = field.replace(/^metadata\./, '').replace(/\.\d+$/, '');
    return [shown === 'id' ? 'clientId' : shown, reason] as const;
  });
  return Object.fromEntries(found.reverse());
}

/** The least role for each part of the console that is of any use to it. */
const needed = {
  organizations: 'accountant',
  people: 'accountant',
  clients: 'administrator',
  keys: 'administrator',
  audit: 'administrator',
  system: 'administrator',
} as const satisfies Record<Section, Actor['role']>;

function sectionsFor({ role }: Actor): readonly Section[] {
  return sections.filter((section) => rankOf([role]) >= rankOf([needed[section]]));
}
