/** Hashes that other software made. The first three and scrypt's and PBKDF2's first are published test vectors. */
export const samples: readonly { readonly by: string; readonly secret: string; readonly encoded: string }[] = [
  {
    by: 'argon2id, of the reference implementation',
    secret: 'password',
    encoded: '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  },
  {
    by: 'argon2i, of the reference implementation',
    secret: 'password',
    encoded: '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA',
  },
  {
    by: 'argon2i version 16, which has no v=',
    secret: 'password',
    encoded: '$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ',
  },
  {
    by: 'bcrypt $2a$, of crypt_blowfish',
    secret: 'U*U',
    encoded: '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
  },
  {
    by: 'bcrypt $2y$, as PHP writes it',
    secret: 'U*U',
    encoded: '$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
  },
  {
    by: 'scrypt, of passlib',
    secret: 'password',
    encoded: '$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
  },
  {
    by: 'scrypt, of OpenSSL',
    secret: 'password',
    encoded: '$scrypt$ln=14,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$GM/8plVTNY2Jr5+H+TMEUW0SMD0/pCcA0XgAgW7i7jw',
  },
  {
    by: 'PBKDF2 over SHA-256, of passlib',
    secret: 'password',
    encoded: '$pbkdf2-sha256$6400$0ZrzXitFSGltTQnBWOsdAw$Y11AchqV4b0sUisdZd0Xr97KWoymNE0LNNrnEgY4H9M',
  },
  {
    by: 'PBKDF2 over SHA-512, PHC',
    secret: 'password',
    encoded:
      '$pbkdf2-sha512$i=1000,l=64$c2FsdHNhbHRzYWx0c2FsdA$715rqIr5dXOVPpBhqqsugl037zT5bWJTWYmZtIcK8hBnisKpwfY7kokvwjDrNHqHhF50Pb7MD6HvkJwiDQw4ww',
  },
  {
    by: 'PBKDF2 over SHA-256, of Django',
    secret: 'password',
    encoded: 'pbkdf2_sha256$1000$seasalt$YIWkt6M1JFXrHg5s0jZjBSc7C2Cz6QvchSJ0h8Y+i7c=',
  },
  {
    by: 'PBKDF2 over SHA-1, of Django',
    secret: 'password',
    encoded: 'pbkdf2_sha1$1000$seasalt$C8KvRfPW529R7JpDHEDOP35Xr0g=',
  },
];
