/** The tools that are pinned in `mise.toml`, by the names of their programs: the one place that says what is wanted. */
export function pinnedVersions(toml: string): ReadonlyMap<string, string> {
  const section = /^\[tools\]$([\s\S]*?)(?=^\[|(?![\s\S]))/m.exec(toml)?.[1] ?? '';
  const entries = [...section.matchAll(/^"?([^"\s=]+)"?\s*=\s*"([^"]+)"/gm)];
  return new Map(entries.map(([, name = '', version = '']) => [programOf(name), version]));
}

/** https://mise.jdx.dev/registry.html: some tools have another name there than their program. */
const PROGRAMS: Readonly<Record<string, string>> = { flux2: 'flux', 'cilium-cli': 'cilium' };

function programOf(name: string): string {
  const last = name.split(/[:/]/).at(-1) ?? name;
  return PROGRAMS[last] ?? last;
}
