import type { Case } from '../case.ts';
import { LIFECYCLE } from './lifecycle.ts';
import { PATCHING } from './patching.ts';
import { READING } from './reading.ts';
import { SERVING } from './serving.ts';
import { WRITING } from './writing.ts';

/** All cases of the suite. */
export const CASES: readonly Case[] = [...SERVING, ...WRITING, ...PATCHING, ...READING, ...LIFECYCLE];
