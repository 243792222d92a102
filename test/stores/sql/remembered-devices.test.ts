import { SqlRememberedDevices } from '../../../src/stores/sql/remembered-devices.ts';
import { rememberedDevicesContract } from '../../contracts/remembered-devices.ts';
import { onEveryDatabase } from './databases.ts';

describe('SqlRememberedDevices', () => {
  onEveryDatabase((migrated) => {
    rememberedDevicesContract(async () => {
      const { database, another, close } = await migrated();
      return {
        devices: new SqlRememberedDevices(database),
        another: () => new SqlRememberedDevices(another()),
        close,
      };
    });
  });
});
