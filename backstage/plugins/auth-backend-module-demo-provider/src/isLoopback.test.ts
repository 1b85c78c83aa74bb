import { isLoopback } from './isLoopback';

describe('isLoopback', () => {
  it.each(['http://localhost:7007', 'http://127.0.0.1:7007', 'http://[::1]:1'])('accepts %s', url =>
    expect(isLoopback(url)).toBe(true),
  );

  it.each(['https://portal.example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.1'])(
    'refuses %s',
    url => expect(isLoopback(url)).toBe(false),
  );
});
