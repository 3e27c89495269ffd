import { css } from 'lit';

/** Blue is the base model, green what is trained, warm what comes and goes with each step, grey what nobody asked for. */
export const memoryStyle = css`
  .memory {
    --warm: color-mix(in srgb, var(--vscode-charts-red, #e51400) 45%, var(--vscode-charts-yellow, #bf8803));
    display: flex;
    flex-direction: column;
    gap: 14px;
    padding-top: 14px;
    border-top: 1px solid var(--line);
  }
  .section-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 6px 16px;
  }
  .compare {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
  }
  .compare vscode-single-select {
    width: 260px;
    max-width: 100%;
  }
  .verdict {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    font-size: 1.08em;
  }
  .moments {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(230px, 100%), 1fr));
    gap: 8px;
  }
  .moment {
    display: flex;
    flex-direction: column;
    gap: 2px;
    padding: 8px 12px;
    border: 1px solid var(--hair);
    border-radius: var(--radius);
    background: var(--surface);
  }
  .amount {
    position: relative;
    height: 8px;
    margin: 2px 0 4px;
    border-radius: 4px;
    background: var(--track);
  }
  .fill {
    position: absolute;
    inset: 0 auto 0 0;
    width: calc(var(--share) * 100%);
    border-radius: 4px;
    background: var(--accent);
  }
  .fill.guess {
    background: repeating-linear-gradient(
      135deg,
      var(--accent) 0 5px,
      color-mix(in srgb, var(--accent) 55%, transparent) 5px 9px
    );
  }
  .measured {
    position: absolute;
    top: -3px;
    bottom: -3px;
    left: calc(var(--share) * 100% - 2px);
    width: 3px;
    border-radius: 2px;
    background: var(--ink);
  }

  .breakdown {
    display: flex;
    flex-direction: column;
    gap: 6px;
  }
  .breakdown figcaption {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
  }
  .bar-frame {
    position: relative;
    margin: 20px 0 22px;
    border-radius: 4px;
    background: var(--track);
  }
  .bar {
    display: flex;
    height: 38px;
    border-radius: 4px;
    overflow: hidden;
  }
  .bar .segment {
    flex: none;
    width: calc(var(--share) * 100%);
    min-width: 1px;
    border-right: 1px solid var(--vscode-editor-background, Canvas);
  }
  .bar .segment:hover {
    filter: brightness(1.15);
  }
  .limit {
    position: absolute;
    top: -4px;
    bottom: -4px;
    left: calc(var(--share) * 100%);
    width: 0;
    border-left: 2px solid var(--ink);
    pointer-events: none;
  }
  .limit.free {
    border-left-style: dashed;
  }
  .limit-name {
    position: absolute;
    right: 4px;
    top: calc(100% - 1px);
    padding: 0 2px;
    font-size: 12px;
    line-height: 18px;
    white-space: nowrap;
  }
  .limit.free .limit-name {
    top: auto;
    bottom: calc(100% - 1px);
  }
  .segment.quantizedWeights {
    background-color: color-mix(in srgb, var(--four) 45%, transparent);
    background-image:
      repeating-linear-gradient(0deg, color-mix(in srgb, var(--four) 85%, transparent) 0 1px, transparent 1px 5px),
      repeating-linear-gradient(90deg, color-mix(in srgb, var(--four) 85%, transparent) 0 1px, transparent 1px 5px);
  }
  .segment.quantConstants {
    background: repeating-linear-gradient(
      90deg,
      var(--four) 0 2px,
      color-mix(in srgb, var(--four) 45%, transparent) 2px 4px
    );
  }
  .segment.weights {
    background: var(--four);
  }
  .segment.adapter {
    background: var(--good);
  }
  .segment.gradients {
    background: repeating-linear-gradient(
      45deg,
      var(--good) 0 3px,
      color-mix(in srgb, var(--good) 40%, transparent) 3px 6px
    );
  }
  .segment.optimizer {
    background: repeating-linear-gradient(
      0deg,
      var(--good) 0 2px,
      color-mix(in srgb, var(--good) 40%, transparent) 2px 5px
    );
  }
  .segment.activations {
    background: var(--warm);
  }
  .segment.logits {
    background: repeating-linear-gradient(
      135deg,
      var(--warm) 0 3px,
      color-mix(in srgb, var(--warm) 40%, transparent) 3px 6px
    );
  }
  .segment.workspace {
    background: repeating-linear-gradient(
      90deg,
      var(--warm) 0 2px,
      color-mix(in srgb, var(--warm) 40%, transparent) 2px 5px
    );
  }
  .segment.reserve {
    background: repeating-linear-gradient(
      135deg,
      color-mix(in srgb, var(--ink) 45%, transparent) 0 2px,
      color-mix(in srgb, var(--ink) 15%, transparent) 2px 6px
    );
  }
  .segment.context {
    background: color-mix(in srgb, var(--ink) 50%, transparent);
  }
  .memory-parts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr));
    gap: 6px 28px;
  }
  .memory-parts li {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr) auto 62px;
    align-items: center;
    align-content: start;
    gap: 0 10px;
    padding: 4px 0;
    border-top: 1px solid var(--hair);
  }
  .memory-value,
  .memory-share {
    text-align: right;
  }
  .memory-text {
    grid-column: 2 / -1;
  }
  .notes {
    padding-left: 18px;
    list-style: disc;
  }
  .levers {
    display: flex;
    flex-direction: column;
    gap: 6px;
  }
  .lever {
    display: grid;
    grid-template-columns: minmax(96px, auto) minmax(0, 1fr) auto;
    align-items: center;
    gap: 4px 14px;
    padding: 6px 12px;
    border: 1px solid var(--hair);
    border-radius: var(--radius);
    background: var(--surface);
  }
  .lever-cost {
    display: block;
  }
  .lever + .lever {
    margin-top: 6px;
  }
  .saves {
    text-align: right;
    font-weight: 600;
  }
  @container (max-width: 520px) {
    .lever {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .saves {
      text-align: left;
    }
    .lever-words {
      grid-column: 1 / -1;
      grid-row: 2;
    }
  }
`;
