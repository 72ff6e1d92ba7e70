/** Everything the window asks of Rust. */
export * from './documents';
export * from './error';
export * from './files';
export * from './kind';
export * from './money';
export * from './plan';
export * from './records';
export * from './today';
export * from './types';
export * from './vault';
export * from './verify';
export * from './wallet';
