import { css } from 'lit';

/** Status line, progress, figures, actions. */
export const frame = css`
  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-bottom: 12px;
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    column-gap: 8px;
  }
  .title strong {
    font-weight: 600;
  }
  .duration {
    margin-left: auto;
    white-space: nowrap;
  }
  .icon {
    flex: none;
    width: 16px;
    height: 16px;
    fill: none;
    stroke: var(--quiet);
    stroke-width: 1.4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon.running {
    stroke: var(--accent);
    animation: turn 1s linear infinite;
  }
  .icon.done {
    stroke: var(--good);
  }
  .icon.failed {
    stroke: var(--bad);
  }
  .icon.stopped {
    stroke: var(--warn);
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .icon.running {
      animation: none;
    }
  }
  .progress {
    margin-bottom: 14px;
  }
  .progress-words {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    margin-bottom: 5px;
  }
  vscode-progress-bar {
    height: 3px;
    border-radius: 2px;
    overflow: hidden;
    background: var(--track);
  }

  .device {
    color: var(--quiet);
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 12px 28px;
  }
  .figure dt {
    color: var(--quiet);
    font-size: max(12px, 0.92em);
  }
  .figure dd {
    display: flex;
    flex-direction: column;
  }
  .figure .value {
    font-size: 1.08em;
    line-height: 1.7;
  }
  .figure.big .value {
    font-size: 1.7em;
    font-weight: 600;
    line-height: 1.35;
    letter-spacing: -0.01em;
  }
  .figure .note {
    font-size: max(12px, 0.92em);
  }
  .section-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 16px;
  }
  .section-head > h4,
  .section-head > p {
    flex: 1 1 auto;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }
`;
