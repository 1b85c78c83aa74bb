import { X509Certificate } from 'node:crypto';
import { relative } from 'node:path';
import type { Check } from '../check.ts';
import type { Finding } from '../finding.ts';
import { secretFiles } from '../fleet-files.ts';

const DAY = 86_400_000;
const SOON = 30 * DAY;
const DATA = /(client-certificate-data|certificate-authority-data): "?([A-Za-z0-9+/=]+)/g;

/** Certificates in the kubeconfigs of the local fleets that have expired or soon will. */
export const certificatesCheck: Check = {
  name: 'certificates',
  title: 'certificates in kubeconfigs',
  codes: ['DRY135'],
  async run(context) {
    const files = await secretFiles(context);
    const kubeconfigs = files.filter(({ path }) => path.endsWith('.yaml'));
    return kubeconfigs.flatMap(({ path, content }) =>
      [...content.matchAll(DATA)].flatMap(([, key = '', data = '']) =>
        expiry(`${relative(context.root, path)} ${key}`, data, context.now),
      ),
    );
  },
};

function expiry(subject: string, data: string, now: number): readonly Finding[] {
  const remedy = subject.includes('.drydock/kind/')
    ? 'make kind-down, then make kind-up'
    : 'drydock down, then drydock up';
  const code = 'DRY135';
  const left = validTo(data) - now;
  if (Number.isNaN(left)) return [{ code, severity: 'error', subject, found: 'not a certificate', remedy }];
  if (left <= 0) return [{ code, severity: 'error', subject, found: `expired ${days(-left)} ago`, remedy }];
  return left < SOON
    ? [{ code, severity: 'warning', subject, found: `expires in ${days(left)}`, remedy }]
    : [];
}

function validTo(data: string): number {
  try {
    return Date.parse(new X509Certificate(Buffer.from(data, 'base64')).validTo);
  } catch {
    return Number.NaN; // the file was torn or edited by hand
  }
}

function days(milliseconds: number): string {
  const count = Math.floor(milliseconds / DAY);
  return count === 1 ? '1 day' : `${count} days`;
}
