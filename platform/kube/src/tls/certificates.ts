import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A certificate and its private key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

const CURVE: EcKeyGenParams & EcdsaParams = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const TEN_YEARS = 10 * 365 * 24 * 3600_000;

interface EcKeyGenParams {
  readonly name: string;
  readonly namedCurve: string;
}
interface EcdsaParams {
  readonly name: string;
  readonly hash: string;
}

/** Makes a certificate authority for one cluster. Elliptic curves, because an RSA key alone takes longer than the start. */
export async function createAuthority(name: string, now: number): Promise<KeyPair> {
  x509.cryptoProvider.set(webcrypto);
  const keys = (await webcrypto.subtle.generateKey(CURVE, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(now),
    name: `CN=drydock ${name} CA`,
    serialNumber: serialNumber(),
    keys,
    signingAlgorithm: CURVE,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await exportKey(keys.privateKey) };
}

/** Makes the certificate with which the API server of a cluster shows itself on loopback. */
export async function createServerCertificate(authority: KeyPair, now: number): Promise<KeyPair> {
  x509.cryptoProvider.set(webcrypto);
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = (await webcrypto.subtle.generateKey(CURVE, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(now),
    subject: 'CN=kube-apiserver',
    issuer: issuer.subject,
    serialNumber: serialNumber(),
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    signingAlgorithm: CURVE,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
        { type: 'dns', value: 'localhost' },
        { type: 'dns', value: 'kubernetes.default.svc' },
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await exportKey(keys.privateKey) };
}

/** A day of grace for clocks that are behind. */
function validity(now: number): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date(now - 24 * 3600_000), notAfter: new Date(now + TEN_YEARS) };
}

/** Positive and not zero, as RFC 5280 wants it. */
function serialNumber(): string {
  return `01${randomBytes(15).toString('hex')}`;
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

async function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const [der = new ArrayBuffer(0)] = x509.PemConverter.decode(pem);
  return webcrypto.subtle.importKey('pkcs8', der, CURVE, false, ['sign']);
}
