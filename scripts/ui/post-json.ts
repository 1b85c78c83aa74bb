import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Post } from './argocd-session.ts';

/** Posts to a server behind a port-forward, whose certificate is its own. */
export const postJson: Post = (url, body) =>
  new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const headers = { 'content-type': 'application/json' };
    const request = send(url, { method: 'POST', headers, rejectUnauthorized: false }, (answer) => {
      text(answer)
        .then((content) => resolve(content === '' ? undefined : JSON.parse(content)))
        .catch(reject);
    });
    request.once('error', reject);
    request.end(JSON.stringify(body));
  });
