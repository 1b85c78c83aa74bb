/** Hands out addresses of the pod subnet. */
export class PodAddresses {
  readonly #used = new Set<string>();
  readonly #base: number;
  readonly #size: number;
  #next = 2;

  /** @param subnet e.g. `10.244.0.0/16` */
  constructor(subnet: string) {
    const [address = '', bits = '16'] = subnet.split('/');
    this.#base = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    this.#size = 2 ** (32 - Number(bits));
  }

  take(): string {
    for (let tries = 0; tries < this.#size; tries++) {
      const address = this.#format(this.#next);
      this.#next = this.#next + 1 >= this.#size - 1 ? 2 : this.#next + 1;
      if (this.#used.has(address)) continue;
      this.#used.add(address);
      return address;
    }
    throw new Error('the pod subnet is used up');
  }

  reserve(address: string): void {
    this.#used.add(address);
  }

  release(address: string): void {
    this.#used.delete(address);
  }

  #format(offset: number): string {
    const value = this.#base + offset;
    return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
  }
}
