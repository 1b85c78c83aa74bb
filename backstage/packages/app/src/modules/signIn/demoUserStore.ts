const KEY = 'drydock-demo-user';

/** Remembers the choice for as long as the tab is open, so that two tabs can be two users. */
export const demoUserStore = {
  get(users: readonly string[]): string | undefined {
    const name = window.sessionStorage.getItem(KEY);
    return name !== null && users.includes(name) ? name : undefined;
  },
  set(name: string): void {
    window.sessionStorage.setItem(KEY, name);
  },
  clear(): void {
    window.sessionStorage.removeItem(KEY);
  },
};
