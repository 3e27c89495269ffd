import type { Plugin } from 'esbuild';

export declare const rendererWords: Plugin;
