import { memoryModels } from '../../../src/stores/memory/models.ts';
import { modelsContract } from '../../contracts/models.ts';
import { FakeClock } from '../../support/clock.ts';

describe('models in memory', () => {
  modelsContract(async () => {
    const clock = new FakeClock();
    return { clock, models: memoryModels({ clock }), close: async () => {} };
  });
});
