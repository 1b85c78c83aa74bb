import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { githubRequestCheck } from './github-requests.ts';

const app = new Hono().use(githubRequestCheck()).all('*', (context) => context.text('fits'));
const PULLS = '/repos/harbor/fleet/pulls';
const send = async (method: string, path: string, body?: object) =>
  (await app.request(path, { method, ...(body && { body: JSON.stringify(body) }) })).status;

it.each([
  ['GET', `${PULLS}?state=open&per_page=100`, undefined],
  ['POST', PULLS, { head: 'a', base: 'b', title: 'c' }],
  ['POST', '/repos/harbor/fleet/statuses/abc', { state: 'pending', context: 'x' }],
] as const)('lets what GitHub describes pass: %s %s', async (method, path, body) => {
  expect(await send(method, path, body)).toBe(200);
});

it.each([
  ['GET', `${PULLS}?state=ajar`, undefined],
  ['GET', `${PULLS}?branch=x`, undefined],
  ['POST', PULLS, { head: 'a', title: 'c' }],
  ['POST', PULLS, { head: 'a', base: 'b', title: 'c', description: 'd' }],
  ['POST', '/repos/harbor/fleet/statuses/abc', { state: 'failed' }],
  ['DELETE', `${PULLS}/1`, undefined],
] as const)('refuses what it does not: %s %s', async (method, path, body) => {
  expect(await send(method, path, body)).toBe(400);
});
