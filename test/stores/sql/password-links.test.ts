import { SqlPasswordLinks } from '../../../src/stores/sql/password-links.ts';
import { passwordLinksContract } from '../../contracts/password-links.ts';
import { onEveryDatabase } from './databases.ts';

describe('SqlPasswordLinks', () => {
  onEveryDatabase((migrated) => {
    passwordLinksContract(async () => {
      const { database, another, close } = await migrated();
      return { links: new SqlPasswordLinks(database), another: () => new SqlPasswordLinks(another()), close };
    });
  });
});
