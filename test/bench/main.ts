/** `node test/bench/main.ts <suite>` runs `./<suite>.ts` and prints its figures as JSON. */
const [, , suite = ''] = process.argv;
const { run } = (await import(`./${suite}.ts`)) as { readonly run: () => Promise<object> };
process.stdout.write(`${JSON.stringify({ suite, ...(await run()) }, undefined, 2)}\n`);
