import type { Logger } from './ports.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** Writes one line of JSON for each message; lines below `level` are left out. */
export function jsonLogger(write: (line: string) => void, level: (typeof LEVELS)[number] = 'info'): Logger {
  const log =
    (name: (typeof LEVELS)[number]): Logger[typeof name] =>
    (message, fields) => {
      if (LEVELS.indexOf(name) < LEVELS.indexOf(level)) return;
      write(`${JSON.stringify({ time: new Date().toISOString(), level: name, message, ...fields })}\n`);
    };
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}
