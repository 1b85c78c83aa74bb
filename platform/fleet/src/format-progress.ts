import { styleText } from 'node:util';
import type { FleetProgress } from './provider.ts';

/**
 * Writes one line for everything that ends; what has begun is shown too, so that nobody wonders what it waits for.
 *
 * @returns what to give to a provider as `progress`
 */
export function progressWriter(
  write: (text: string) => void,
  colour: boolean,
): (event: FleetProgress) => void {
  const paint = (style: 'green' | 'red' | 'dim' | 'bold', text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  return (event) => {
    if (event.type === 'started') write(`${paint('dim', `… ${event.title}`)}\n`);
    if (event.type === 'skipped') write(`${paint('dim', `= ${event.title}: done before`)}\n`);
    if (event.type === 'done')
      write(`${paint('green', '✓')} ${event.title} ${paint('dim', seconds(event.milliseconds))}\n`);
    if (event.type === 'failed') write(`${paint('red', '✗')} ${event.title}: ${event.message}\n`);
    if (event.type === 'phase')
      write(`${paint('bold', event.title)} ${paint('dim', seconds(event.milliseconds))}\n`);
  };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
