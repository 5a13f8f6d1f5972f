import { createPrivateKey } from 'node:crypto';

/** The key mail is signed with, and where its other half is published: `<selector>._domainkey.<domain>`. */
export interface DkimKey {
  domain: string;
  selector: string;
  /** PEM, RSA. */
  privateKey: string;
}

/** Why a private key cannot sign mail, or undefined: it is not PEM, or too weak to be believed (RFC 8301: RSA of 1024 bits or more). */
export function keyProblem(pem: string): string | undefined {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    if (asymmetricKeyType !== 'rsa') return `is a key of type ${asymmetricKeyType}; mail is signed by an RSA key`;
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    return bits < 1024 ? `is an RSA key of ${bits} bits; 2048 are usual, fewer than 1024 are not believed` : undefined;
  } catch {
    return 'holds no private key in PEM form';
  }
}
