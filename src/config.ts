export type { Environment } from './config/environment.ts';
export { ConfigError, type Fault } from './config/fault.ts';
export { loadConfig, type Sources } from './config/load.ts';
export type { MailSettings } from './config/mail.ts';
export { type Config, type ParseOptions, parseConfig } from './config/parse.ts';
export { assertGateway, type SmsSettings } from './config/sms.ts';
export { webauthnFaults } from './config/webauthn.ts';
