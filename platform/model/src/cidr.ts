/** An IPv4 range: its first and last address as numbers. */
export interface Cidr {
  readonly first: number;
  readonly last: number;
}

/** Reads an IPv4 CIDR such as `10.10.0.0/16`; undefined when it is none, or when host bits are set (RFC 4632). */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || bits > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - bits);
  return first % size === 0 ? { first, last: first + size - 1 } : undefined;
}

/** Whether two ranges share an address. */
export function cidrsOverlap(left: Cidr, right: Cidr): boolean {
  return left.first <= right.last && right.first <= left.last;
}
