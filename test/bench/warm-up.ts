/** Logins after which a server is as fast as it gets: until its code is compiled, one costs up to twice as much. */
export const WARM_UP = 400;
