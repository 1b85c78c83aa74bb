import { describe, expect, it } from 'vitest';
import { parseManifests } from './parse-manifests.ts';

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;

describe('parseManifests', () => {
  it('reads several documents and takes lists apart', () => {
    const items = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }];
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    const text = `---\n${configMap('a')}---\n# nothing\n---\n${configMap('b')}---\n${list}\n`;
    expect(parseManifests('x.yaml', text).map((object) => object.metadata.name)).toEqual(['a', 'b', 'c']);
  });

  it('reads scalars as Kubernetes does', () => {
    const [object] = parseManifests(
      'x.yaml',
      `${configMap('a')}data: { mode: 0644, on: yes, at: 2026-01-02, port: 12:30 }\n`,
    );
    expect(object?.data).toEqual({ mode: 420, true: true, at: '2026-01-02', port: '12:30' });
  });

  it.each([
    ['text that is not YAML', 'a: [', /^Failed to unmarshal "x.yaml": /],
    ['a document without kind', 'apiVersion: v1', /expected an object with apiVersion and kind$/],
    ['a scalar', 'hello', /expected an object with apiVersion and kind$/],
    ['an object without a name', 'apiVersion: v1\nkind: ConfigMap\n', /ConfigMap has no metadata.name$/],
  ])('refuses %s and names the file', (_, text, message) => {
    expect(() => parseManifests('x.yaml', text)).toThrow(message);
  });

  it('refuses an alias bomb', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`,
    );
    const text = `${configMap('a')}l0: &l0 [x]\n${levels.join('\n')}\n`;
    expect(() => parseManifests('x.yaml', text)).toThrow(/alias/i);
  });
});
