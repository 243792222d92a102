import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of templates, texts and assets, found from the package's root wherever Sluis is installed. */
export function viewsDirectory(): string {
  return dirname(fileURLToPath(import.meta.resolve('#root/views/layout.eta')));
}

/** The templates under a folder: name (`factors/totp/prove`) and file. */
export function templates(directory: string): { name: string; file: string }[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.eta'))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return { name: relative(directory, file).replaceAll('\\', '/').slice(0, -'.eta'.length), file };
    });
}
