/** Path of the API, below the issuer. */
export const PLACE = '/api/v1';
