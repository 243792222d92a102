/** The databases that Sluis runs on. */
export type Dialect = 'sqlite' | 'postgres';
