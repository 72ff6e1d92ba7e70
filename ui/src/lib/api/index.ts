/** Everything the window asks of Rust. */
export * from './error';
export * from './files';
export * from './kind';
export * from './records';
export * from './types';
export * from './vault';
