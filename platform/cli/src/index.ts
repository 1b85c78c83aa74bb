export type { Command, Option } from './command.ts';
export { COMMANDS } from './commands/index.ts';
