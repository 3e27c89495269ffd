import { css } from 'lit';

/** How weights are kept is told by the fill: a grid for 4 bits, stripes for 8, plain for 16, darker for 32. */
export const partStyle = css`
  .part {
    display: inline-flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 4px;
    max-width: 100%;
    padding: 4px;
    border: 0;
    border-radius: 6px;
    background: none;
    font: inherit;
    color: inherit;
    text-align: left;
    cursor: pointer;
  }
  .part:hover {
    background: color-mix(in srgb, var(--ink) 7%, transparent);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
  }
  .part:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 0;
  }
  .part-words {
    display: flex;
    flex-direction: column;
    line-height: 1.35;
    font-size: 12px;
  }
  .part-name {
    font-family: var(--mono);
    font-weight: 600;
  }
  .part-size {
    color: var(--quiet);
    white-space: nowrap;
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 3px;
    margin-top: 2px;
  }
  .tag {
    padding: 0 4px;
    border: 1px solid color-mix(in srgb, var(--ink) 28%, transparent);
    border-radius: 3px;
    font-size: 12px;
    line-height: 15px;
    white-space: nowrap;
  }
  .tag.four,
  .tag.eight {
    border-color: var(--four);
  }
  .tag.lora {
    border-color: var(--good);
    box-shadow: inset 3px 0 0 var(--good);
    padding-left: 7px;
  }

  .figure {
    display: grid;
    grid-template-columns: var(--w);
    grid-template-rows: var(--h);
    max-width: 100%;
  }
  .figure.adapted {
    grid-template-columns: var(--t) var(--w);
    grid-template-rows: var(--h) var(--t);
    gap: 2px;
  }
  .strip {
    background: var(--good);
  }
  .strip.a {
    grid-area: 1 / 1;
  }
  .strip.b {
    grid-area: 2 / 2;
  }
  .w {
    position: relative;
    min-width: 0;
    border: 1px solid color-mix(in srgb, var(--ink) 55%, transparent);
    border-radius: 1px;
  }
  .adapted .w {
    grid-area: 1 / 2;
    border-color: var(--good);
  }
  .stacked {
    margin: 0 10px 10px 0;
  }
  .stacked .w {
    background-color: var(--vscode-editor-background, Canvas);
    box-shadow:
      4px 4px 0 -1px var(--vscode-editor-background, Canvas),
      4px 4px 0 0 color-mix(in srgb, var(--ink) 40%, transparent),
      8px 8px 0 -1px var(--vscode-editor-background, Canvas),
      8px 8px 0 0 color-mix(in srgb, var(--ink) 40%, transparent);
  }
  .w.four,
  .swatch.four,
  .term.four {
    background-color: color-mix(in srgb, var(--four) 14%, transparent);
    background-image:
      repeating-linear-gradient(0deg, color-mix(in srgb, var(--four) 60%, transparent) 0 1px, transparent 1px 5px),
      repeating-linear-gradient(90deg, color-mix(in srgb, var(--four) 60%, transparent) 0 1px, transparent 1px 5px);
  }
  .w.eight,
  .swatch.eight,
  .term.eight {
    background-color: color-mix(in srgb, var(--four) 14%, transparent);
    background-image: repeating-linear-gradient(
      90deg,
      color-mix(in srgb, var(--four) 60%, transparent) 0 1px,
      transparent 1px 6px
    );
  }
  .w.sixteen,
  .swatch.sixteen,
  .term.sixteen {
    background-color: color-mix(in srgb, var(--ink) 15%, transparent);
  }
  .w.thirtyTwo,
  .swatch.thirtyTwo,
  .term.thirtyTwo {
    background-color: color-mix(in srgb, var(--ink) 32%, transparent);
  }
  .w.checkpoint,
  .swatch.checkpoint,
  .term.checkpoint {
    background-image: repeating-linear-gradient(
      135deg,
      color-mix(in srgb, var(--special) 45%, transparent) 0 2px,
      transparent 2px 7px
    );
  }
  .w.whole,
  .swatch.whole,
  .vector.whole {
    background-color: color-mix(in srgb, var(--good) 70%, transparent);
    background-image: none;
    border: 2px solid var(--good);
  }
  .break {
    position: absolute;
    background: var(--vscode-editor-background, Canvas);
    border: 0 solid color-mix(in srgb, var(--ink) 70%, transparent);
  }
  .break.x {
    left: calc(62% - 4px);
    top: -5px;
    bottom: -5px;
    width: 8px;
    border-width: 0 1.5px;
    transform: skewX(-16deg);
  }
  .break.y {
    top: calc(62% - 4px);
    left: -5px;
    right: -5px;
    height: 8px;
    border-width: 1.5px 0;
    transform: skewY(-12deg);
  }
  .vector {
    position: relative;
    width: 4px;
    height: var(--h);
    border-radius: 2px;
    background: color-mix(in srgb, var(--ink) 50%, transparent);
  }
  .part.line {
    align-items: center;
  }
  .part.line .part-words {
    align-items: center;
    font-size: 12px;
  }
  .part.line .part-name {
    font-weight: normal;
    max-width: 84px;
    line-height: 1.25;
    text-align: center;
  }
  .part.pill {
    padding: 2px 10px;
    border: 1px solid var(--line);
    border-radius: 12px;
    font-size: 12px;
  }
  .pill-name {
    font-family: var(--mono);
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 18px;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .swatch {
    flex: none;
    width: 18px;
    height: 14px;
    border: 1px solid color-mix(in srgb, var(--ink) 55%, transparent);
  }
  .swatch.lora {
    border: 0;
    background:
      linear-gradient(var(--good) 0 0) 0 0 / 3px 10px no-repeat,
      linear-gradient(var(--good) 0 0) 5px 100% / 13px 3px no-repeat,
      linear-gradient(color-mix(in srgb, var(--ink) 15%, transparent) 0 0) 5px 0 / 13px 10px no-repeat;
  }
  .swatch.cut {
    width: 12px;
    border: 0;
    background: linear-gradient(
      108deg,
      transparent 38%,
      color-mix(in srgb, var(--ink) 70%, transparent) 38% 46%,
      transparent 46% 58%,
      color-mix(in srgb, var(--ink) 70%, transparent) 58% 66%,
      transparent 66%
    );
  }
  .yardstick {
    flex: none;
    width: var(--w);
    height: 8px;
    border: 1.5px solid var(--quiet);
    border-top: 0;
  }
  .how {
    max-width: 80ch;
  }
`;
