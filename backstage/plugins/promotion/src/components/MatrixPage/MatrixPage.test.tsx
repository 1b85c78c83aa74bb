import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { cell, matrix, unit, verdict } from '../../__testUtils__/fixtures';
import { renderUnits } from '../../__testUtils__/renderPage';

describe('MatrixPage', () => {
  it('shows release, health and what a unit waits for, as a table', async () => {
    renderUnits('');
    const link = await screen.findByRole('link', { name: 'checkout in prod' });
    expect(link).toHaveAttribute('href', '/promotions/units/checkout/prod');
    expect(link).toHaveTextContent('1bcdef01');
    expect(link).toHaveTextContent('Healthy');
    expect(link).toHaveTextContent('2bcdef01 waits · approval: 0 of 1 approvals');
    expect(screen.getByRole('rowheader', { name: /checkout/ })).toBeInTheDocument();
    expect(screen.getByRole('columnheader', { name: /prod/ })).toBeInTheDocument();
  });

  it('asks the server for the page and the filters in the URL', async () => {
    const load = jest.fn(async () => matrix());
    renderUnits('?page=3&team=payments&action=wait&kind=nonsense', { matrix: load });
    await screen.findByRole('table');
    expect(load).toHaveBeenCalledWith(
      expect.objectContaining({ page: 3, team: 'payments', action: 'wait', kind: undefined }),
    );
  });

  it('searches on the server, from the first page', async () => {
    const load = jest.fn(async () => matrix());
    renderUnits('?page=3', { matrix: load });
    await userEvent.type(await screen.findByRole('searchbox'), 'check');
    await waitFor(() =>
      expect(load).toHaveBeenLastCalledWith(expect.objectContaining({ page: 1, search: 'check' })),
    );
  });

  it('says who holds a unit, and who froze an environment', async () => {
    const hold = { by: 'ada', at: '2026-01-01T00:00:00Z', reason: 'incident 7' };
    const environment = { name: 'prod', after: [], clusters: [], freeze: { ...hold, by: 'bob' } };
    const view = matrix({
      environments: [environment],
      rows: [unit({ cells: [cell({ hold, verdict: verdict({ action: 'blocked' }) })] })],
    });
    renderUnits('', { matrix: async () => view });
    expect(await screen.findByText('held by ada: incident 7')).toBeInTheDocument();
    expect(screen.getByText('❄ frozen by bob')).toBeInTheDocument();
  });

  it('says why the newest revision is not in use', async () => {
    const hydration = {
      revision: 'f'.repeat(40),
      message: 'it does not validate',
      problems: ['a.yaml:3: no'],
    };
    renderUnits('', { matrix: async () => matrix({ hydration }) });
    expect(await screen.findByText(/Revision ffffffff is not in use/)).toBeInTheDocument();
    expect(screen.getByText('a.yaml:3: no')).toBeInTheDocument();
  });

  it('says what is wrong while the promoter does not answer, and tries again', async () => {
    const load = jest
      .fn()
      .mockRejectedValueOnce({ statusCode: 503, message: 'x' })
      .mockResolvedValue(matrix());
    renderUnits('', { matrix: load });
    expect(await screen.findByRole('alert')).toHaveTextContent('The promoter does not answer');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says when the session has ended', async () => {
    renderUnits('', { matrix: async () => Promise.reject({ statusCode: 401 }) });
    expect(await screen.findByRole('alert')).toHaveTextContent('Your session has ended');
  });
});
