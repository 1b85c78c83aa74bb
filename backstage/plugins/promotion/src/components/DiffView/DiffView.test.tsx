import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DiffView } from './DiffView';

const file = (name: string) =>
  `diff --git a/dev/${name} b/dev/${name}\n--- a/dev/${name}\n+++ b/dev/${name}\n@@ -1 +1 @@\n-old ${name}\n+new ${name}\n`;
const diff = (count: number) => ({
  unit: 'checkout',
  environment: 'dev',
  to: 'abc',
  clusters: [
    { cluster: 'dev', patch: Array.from({ length: count }, (_, index) => file(`${index}.yaml`)).join('') },
  ],
});

describe('DiffView', () => {
  it('opens a few files at once', () => {
    render(<DiffView diff={diff(2)} />);
    expect(screen.getByText(/new 1\.yaml/)).toBeInTheDocument();
  });

  it('keeps 500 files closed until one is opened', async () => {
    render(<DiffView diff={diff(500)} />);
    expect(screen.getByText('500 files')).toBeInTheDocument();
    expect(screen.queryByText(/new 7\.yaml/)).not.toBeInTheDocument();
    await userEvent.click(screen.getByText('7.yaml'));
    expect(await screen.findByText(/new 7\.yaml/)).toBeInTheDocument();
  });

  it('says that nothing is next, and that nothing changes', () => {
    const { rerender } = render(<DiffView diff={{ ...diff(0), to: undefined, clusters: [] }} />);
    expect(screen.getByText(/Nothing is next/)).toBeInTheDocument();
    rerender(<DiffView diff={{ ...diff(0), clusters: [{ cluster: 'dev', patch: '' }] }} />);
    expect(screen.getByText(/the same, byte for byte/)).toBeInTheDocument();
  });
});
