import { readdirSync, readFileSync } from 'node:fs';
import { factorNames } from './factor-names.ts';
import { layers } from './layers.ts';
import { names } from './names.ts';
import { outsideWorld } from './outside-world.ts';
import { check, type Finding, type Rule } from './rule.ts';
import { size } from './size.ts';
import { typeHoles } from './type-holes.ts';

export const rules: readonly Rule[] = [layers, outsideWorld, typeHoles, names, size, factorNames];

/** Everything that the rules object to in the sources under `root`. */
export function checkSources(root: string): Finding[] {
  return ['src', 'test'].flatMap((folder) =>
    readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.[cm]?ts$/.test(path))
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .sort()
      .flatMap((path) => check({ path, text: readFileSync(`${root}/${path}`, 'utf8') }, rules)),
  );
}
