import { z } from 'zod';
import { recipesFor } from '../../clients/recipes-for.ts';
import { act } from '../act.ts';
import { id } from '../shapes/values.ts';
import { foundClient } from './governed.ts';

const recipe = z.strictObject({
  for: z.string().describe('Which library or server.'),
  file: z.string().describe('Where it goes.'),
  language: z.string().describe('What it is written in.'),
  text: z.string().describe('What to copy. It never holds the secret.'),
});

export const clientRecipes = act({
  name: 'client.recipes',
  summary: 'Configuration to copy into an application, for the libraries that suit its kind. Never with its secret.',
  role: 'administrator',
  scope: 'clients:read',
  reads: true,
  input: z.strictObject({ id }),
  output: z.strictObject({
    issuer: z.string().describe('What the application knows Sluis by.'),
    recipes: z.array(recipe).describe('One for each library that fits what it is.'),
  }),
  run: async (needs, _actor, { id: wanted }) => {
    const { issuer } = needs.settings;
    return { issuer, recipes: [...recipesFor((await foundClient(needs, wanted)).value, issuer)] };
  },
});
