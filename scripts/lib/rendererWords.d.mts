import type { Plugin } from 'esbuild';

export declare const rendererWords: Plugin;
export declare const panelWords: Plugin;
