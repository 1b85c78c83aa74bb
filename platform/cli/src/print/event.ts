import type { PromoterEvent } from '@drydock/promoter';
import type { Paint } from './paint.ts';

/** One event as one line (a failed hydration as several). */
export function eventText(event: PromoterEvent, paint: Paint): string {
  return `${paint('dim', event.at.slice(11, 23))} ${describe(event, paint)}\n`;
}

function describe(event: PromoterEvent, paint: Paint): string {
  switch (event.type) {
    case 'hydrated':
      return `hydrated ${event.revision.slice(0, 8)} in ${event.milliseconds} ms: ${event.units.join(', ') || 'no unit changed'}`;
    case 'hydration-failed':
      return paint('red', `could not hydrate ${event.revision.slice(0, 8)}: ${event.message}`);
    case 'promoted':
      return paint(
        'green',
        `${event.cause === 'rollback' ? 'rolled back' : 'promoted'} ${event.unit} in ${event.environment} (${event.clusters.join(', ')})`,
      );
    case 'verdict':
      return `${event.unit} → ${event.environment}: ${event.action}: ${event.reasons.map(({ message }) => message).join('; ')}`;
    case 'state':
      return paint('cyan', `${event.by}: ${event.subject}`);
  }
}
