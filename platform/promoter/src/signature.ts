import type { Signature } from '@drydock/git';

/** Who the promoter is in the commits it makes. */
export function promoterSignature(at: number): Signature {
  return { name: 'drydock', email: 'drydock@drydock.internal', at };
}

/** A person in a commit; the name is what counts, the address is a placeholder. */
export function personSignature(name: string, at: number): Signature {
  return { name, email: `${encodeURIComponent(name)}@users.drydock.internal`, at };
}
