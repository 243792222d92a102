import { z } from 'zod';
import { recipesFor } from '../../clients/recipes-for.ts';
import { act } from '../act.ts';
import { id } from '../shapes/values.ts';
import { foundClient } from './governed.ts';

export const clientRecipes = act({
  name: 'client.recipes',
  summary: 'Configuration to copy into an application, for the libraries that suit its kind. Never with its secret.',
  role: 'administrator',
  scope: 'clients:read',
  reads: true,
  input: z.strictObject({ id }),
  output: z.strictObject({
    issuer: z.string(),
    recipes: z.array(z.strictObject({ for: z.string(), file: z.string(), language: z.string(), text: z.string() })),
  }),
  run: async (needs, _actor, { id: wanted }) => {
    const { issuer } = needs.settings;
    return { issuer, recipes: [...recipesFor((await foundClient(needs, wanted)).value, issuer)] };
  },
});
