import { jwtVerify } from 'jose';
import { AssertionSigner } from './AssertionSigner';
import { PromoterClient } from './PromoterClient';

const KEY = 'k'.repeat(32);
const ada = { name: 'ada', groups: ['payments'] };

function client(answer: () => Response) {
  const fetch = jest.fn(async (_url: URL, _init: RequestInit) => answer());
  const promoter = new PromoterClient({
    baseUrl: 'http://promoter',
    signer: AssertionSigner.fromSecret(KEY),
    fetch: fetch as unknown as typeof globalThis.fetch,
  });
  return { promoter, fetch };
}

const problem = (status: number, detail: string) => () =>
  new Response(JSON.stringify({ detail, problems: ['a.yaml:1: no'] }), { status });

describe('PromoterClient', () => {
  it('vouches for the user with an assertion that lives for less than a minute', async () => {
    const { promoter, fetch } = client(() => Response.json({ name: 'ada', groups: [], grants: [] }));
    await promoter.whoAmI(ada);
    const headers = fetch.mock.calls[0][1].headers as Record<string, string>;
    const token = headers.authorization.replace('Bearer ', '');
    const { payload } = await jwtVerify(token, new TextEncoder().encode(KEY));
    expect(payload).toMatchObject({
      sub: 'ada',
      groups: ['payments'],
      iss: 'drydock-portal',
      aud: 'drydock-promoter',
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(60);
  });

  it('never lets a name leave its place in the path', async () => {
    const { promoter, fetch } = client(problem(404, 'no unit'));
    await promoter.unit('../../healthz?x=', ada).catch(() => undefined);
    expect(String(fetch.mock.calls[0][0])).toBe('http://promoter/api/v1/units/..%2F..%2Fhealthz%3Fx%3D');
  });

  it.each([
    [400, 'InputError'],
    [401, 'AuthenticationError'],
    [403, 'NotAllowedError'],
    [404, 'NotFoundError'],
    [409, 'ConflictError'],
    [422, 'InputError'],
    [503, 'ServiceUnavailableError'],
  ])('turns %d into %s, with every problem', async (status, name) => {
    const { promoter } = client(problem(status, 'because'));
    await expect(promoter.fleet(ada)).rejects.toMatchObject({
      name,
      message: expect.stringContaining('because\na.yaml:1: no'),
    });
  });

  it('says that an answer has an unknown shape', async () => {
    const { promoter } = client(() => Response.json({ rows: 'many' }));
    await expect(promoter.matrix({}, ada)).rejects.toThrow('unknown shape');
  });

  it('says what is missing when there is no key', async () => {
    const promoter = new PromoterClient({
      baseUrl: 'http://promoter',
      signer: AssertionSigner.fromFile('/nowhere/portal.key'),
    });
    await expect(promoter.fleet(ada)).rejects.toThrow('has the fleet been started?');
  });
});
