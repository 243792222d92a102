import { localhost } from '../support/tls/localhost.ts';

const { cert, key } = localhost;

/** Values of a setting for certificates in PEM: that are accepted, and that are not. */
export const certificates = {
  good: [cert, `The root of our own\n${cert}\n${cert}`],
  bad: ['', '-----BEGIN', '/etc/ssl/ours.pem', key, cert.replace('MII', 'MIJ'), cert + key, cert.repeat(200)],
};
