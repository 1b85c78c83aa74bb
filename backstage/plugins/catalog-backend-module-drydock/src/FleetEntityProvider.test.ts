import { mockServices } from '@backstage/backend-test-utils';
import type { FleetView } from '@drydock/plugin-promotion-common';
import { FleetEntityProvider } from './FleetEntityProvider';

const fleet = (revision: string): FleetView => ({
  name: 'harbor',
  revision,
  environments: [],
  clusters: [],
  units: [],
  teams: [],
  access: [],
});

async function connect(load: jest.Mock) {
  const applyMutation = jest.fn();
  const provider = new FleetEntityProvider({
    promoter: { fleet: load },
    logger: mockServices.logger.mock(),
    taskRunner: { run: async () => undefined },
  });
  await provider.connect({ applyMutation, refresh: jest.fn() });
  return { provider, applyMutation };
}

describe('FleetEntityProvider', () => {
  it('replaces the entities when the files have changed, and only then', async () => {
    const load = jest.fn().mockResolvedValue(fleet('one'));
    const { provider, applyMutation } = await connect(load);
    await provider.refresh();
    await provider.refresh();
    expect(applyMutation).toHaveBeenCalledTimes(1);
    load.mockResolvedValue(fleet('two'));
    await provider.refresh();
    expect(applyMutation).toHaveBeenCalledTimes(2);
  });

  it('keeps the catalog as it is while the promoter does not answer', async () => {
    const { provider, applyMutation } = await connect(jest.fn().mockRejectedValue(new Error('gone')));
    await provider.refresh();
    expect(applyMutation).not.toHaveBeenCalled();
  });
});
